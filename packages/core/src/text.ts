import * as z from "zod";

const encoder = new TextEncoder();

/**
 * Text as people write it: NFC, without lone surrogates and control characters
 * (they break JSON, XML feeds and sort keys), within a length in UTF-16 units.
 */
export function plainText(limits: { readonly min?: number; readonly max: number }) {
  return z
    .string()
    .normalize("NFC")
    .trim()
    .min(limits.min ?? 0)
    .max(limits.max)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
      params: { rule: "control_characters" },
    });
}

/** Text over several lines, for instance Markdown. Tabs and line breaks are allowed; the limit counts UTF-8 bytes. */
export function multilineText(limits: { readonly min?: number; readonly maxBytes: number }) {
  return z
    .string()
    .min(limits.min ?? 0)
    .refine((text) => text.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(text), {
      params: { rule: "control_characters" },
    })
    .refine((text) => encoder.encode(text).length <= limits.maxBytes, {
      params: { rule: "too_many_bytes", maxBytes: limits.maxBytes },
    });
}
