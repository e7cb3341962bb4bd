/**
 * Whether one of the paths of an invalidation means an object ("Specify the objects to invalidate"):
 * a path means one object, with its query where that belongs to the cache key; a `*` at the end
 * stands for anything.
 */
export function isInvalidated(path: string, invalidated: readonly string[]): boolean {
  return invalidated.some((one) => {
    const pattern = one.startsWith("/") ? one : `/${one}`;
    return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
  });
}
