import frame from "./diagram-frame.json" with { type: "json" };
import { cacheControl } from "./respond.ts";
import { diagramFrameContentSecurityPolicy } from "./security.ts";

/** The page in which diagrams are drawn, out of sight, for the pages that frame it (`features/diagram/frame.ts`). */
export function diagramFrame(): Response {
  const { boot, engines } = frame;
  const addresses = `data-common="${engines.common.url}" data-whole="${engines.whole.url}"`;
  return new Response(
    `<!doctype html><html lang="ko" ${addresses}><head><meta charset="utf-8"><title>Haru</title><script>${boot.text}</script></head><body></body></html>`,
    {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": cacheControl,
        "content-security-policy": diagramFrameContentSecurityPolicy([
          boot.hash,
          engines.common.hash,
          engines.whole.hash,
        ]),
        "x-robots-tag": "noindex",
      },
    },
  );
}
