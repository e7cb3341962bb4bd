/**
 * A browser keeps no cookie above 4096 bytes, and two tokens of the pool are larger once they are
 * encrypted. They are cut the way next-auth cuts them, since both write the same cookie.
 */
export const chunkLength = 4096 - 163;

/** The names under which parts of a cookie stand: the name itself, or `name.0`, `name.1`, … */
function indexOf(cookieName: string, name: string): number | undefined {
  if (name === cookieName) return 0;
  const suffix = name.startsWith(`${cookieName}.`) ? name.slice(cookieName.length + 1) : "";
  return /^\d+$/.test(suffix) ? Number(suffix) : undefined;
}

export type Cookie = { readonly name: string; readonly value: string };

export function joinChunks(cookieName: string, cookies: readonly Cookie[]): string {
  return cookies
    .flatMap(({ name, value }) => {
      const index = indexOf(cookieName, name);
      return index === undefined ? [] : [{ index, value }];
    })
    .sort((a, b) => a.index - b.index)
    .map(({ value }) => value)
    .join("");
}

/** What to set so that only this value remains; an empty value is a cookie to remove. */
export function splitChunks(cookieName: string, value: string, existing: readonly Cookie[]): Cookie[] {
  const count = Math.ceil(value.length / chunkLength);
  const parts = Array.from({ length: count }, (_, index) => ({
    name: count === 1 ? cookieName : `${cookieName}.${index}`,
    value: value.slice(index * chunkLength, (index + 1) * chunkLength),
  }));
  const leftOver = existing.filter(
    ({ name }) => indexOf(cookieName, name) !== undefined && !parts.some((part) => part.name === name),
  );
  return [...parts, ...leftOver.map(({ name }) => ({ name, value: "" }))];
}
