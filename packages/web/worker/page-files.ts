/** The language of a todo page, or undefined for every other page. */
export function languageOf(path: string): string | undefined {
  return /^\/(ko|en)\/todos(?:\/|$)/.exec(path)?.[1];
}

/** Whether a file never changes under its name. */
export function isLastingFile(path: string): boolean {
  return path.startsWith("/_next/static/") || path.startsWith("/assets/");
}

/**
 * The lasting files that a page names, in its links or in what its scripts are told to load.
 * @returns paths, each once, in their order
 */
export function filesOf(html: string): readonly string[] {
  const inLinks = html.matchAll(/\/(?:_next\/static|assets)\/[\w./~%-]+\.(?:js|css|woff2)/g);
  const inData = html.matchAll(/(?<![\w/])static\/chunks\/[\w./~%-]+\.(?:js|css)/g);
  const found = [...[...inLinks].map(([path]) => path), ...[...inData].map(([path]) => `/_next/${path}`)];
  return [...new Set(found)].sort();
}
