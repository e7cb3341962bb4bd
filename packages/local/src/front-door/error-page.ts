import { STATUS_CODES } from "node:http";

/** What the front door itself answers: a page for a browser, plain text for everything else. */
export function errorPage(
  statusCode: number,
  explanation: string,
  options: { readonly accept: string | undefined; readonly reloadSeconds?: number },
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const title = `${statusCode} ${STATUS_CODES[statusCode] ?? ""}`.trim();
  const { accept, reloadSeconds } = options;
  const headers = {
    "cache-control": "no-store",
    ...(reloadSeconds === undefined ? {} : { "retry-after": String(reloadSeconds) }),
  };
  if (!accept?.includes("text/html")) {
    return {
      headers: { ...headers, "content-type": "text/plain; charset=utf-8" },
      body: `${title}\n${explanation}\n`,
    };
  }
  const reload = reloadSeconds === undefined ? "" : `<meta http-equiv="refresh" content="${reloadSeconds}">`;
  return {
    headers: { ...headers, "content-type": "text/html; charset=utf-8" },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>${reload}
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1.5rem}
h1{font-size:1.25rem}p{overflow-wrap:anywhere}small{opacity:.7}</style></head>
<body><h1>${escapeHtml(title)}</h1><p>${escapeHtml(explanation)}</p><small>The local cloud's front door</small></body></html>
`,
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
