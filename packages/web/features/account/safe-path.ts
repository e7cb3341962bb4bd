/**
 * Where to go after signing in: a path of this site, or the fallback. Anything that a browser
 * could take for another origin, or for a script, is not a path of this site.
 * @param next as it stands in the address, `?next=…`
 */
export function safePath(next: string | null | undefined, fallback: string): string {
  if (!next?.startsWith("/")) return fallback;
  const base = "https://site.invalid";
  const url = URL.parse(next, base);
  return url?.origin === base && url.pathname.startsWith("/") && !url.pathname.startsWith("//")
    ? url.pathname + url.search + url.hash
    : fallback;
}
