import type { Token } from "markdown-it";

/** Characters that change the order in which text is shown but not the order in which it is meant. */
export const bidiControls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * The words of inline tokens without their markup: for slugs, alternative texts and
 * excerpts. They end up beside other texts, so they must not reorder those.
 */
export function plainTextOf(tokens: readonly Token[]): string {
  let text = "";
  for (const token of tokens) {
    if (token.type === "softbreak" || token.type === "hardbreak") text += " ";
    else if (token.type === "image") text += plainTextOf(token.children ?? []);
    else if (token.type !== "footnote_ref") text += token.content;
  }
  return text.replace(bidiControls, "");
}
