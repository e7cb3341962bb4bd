/** Schemes that a text may link to. Everything else could run, open a program or read a file. */
const schemes = /^(?:https?:\/\/[^/?#]|mailto:)/i;

/**
 * Whether an address may stand in `href` or `src`: http, https, mailto, a fragment, or a path of this site.
 * `//host` is refused because it leaves the site without looking like it.
 * @param url as it will stand in the page: entities decoded, spaces and controls percent-encoded
 */
export function isSafeUrl(url: string): boolean {
  if (/[\p{Cc}\s\\]/u.test(url) || url.startsWith("//")) return false;
  const beforePath = /^[^/?#]*/.exec(url)?.[0] ?? "";
  return beforePath.includes(":") ? schemes.test(url) : true;
}

/** Whether an address that is safe leads to another site. */
export function isExternalUrl(url: string): boolean {
  return /^https?:/i.test(url);
}
