/**
 * What a reader page may do: its own scripts and styles, calls to its own origin, pictures from
 * anywhere safe (authors link to them). Nothing inline, no frames, no other origin.
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
].join("; ");

/** For answers that are data and never a page. */
export const dataContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
