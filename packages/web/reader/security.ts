/**
 * What a reader page may do: its own scripts and styles, calls to its own origin, pictures from
 * anywhere safe (authors link to them). Nothing inline, no frames, no other origin, and no text that
 * becomes markup but by `features/site/trusted-html.ts`.
 */
export const readerContentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: https:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types haru",
].join("; ");

/** For answers that are data and never a page. */
export const dataContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";

/**
 * What an application page may do. Next.js puts inline scripts into it and CodeMirror a style
 * sheet; both carry the nonce of the request. What `instrumentation-client.ts` lets through is
 * what Next.js needs beside our own way from text to markup. Development needs `eval` and inline styles for its overlay.
 */
export function appContentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // `blob:` shows a picture of this device while it is uploaded.
    "img-src 'self' data: blob: https:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // The overlay of development writes markup as it likes.
    ...(isDevelopment ? [] : ["require-trusted-types-for 'script'", "trusted-types haru default nextjs"]),
  ].join("; ");
}
