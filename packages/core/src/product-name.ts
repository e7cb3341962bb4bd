import type { Locale } from "./locale.ts";

/** What the product is called, and a site until an administrator names it. */
export const productName = { ko: "하루", en: "Haru" } as const satisfies Record<Locale, string>;
