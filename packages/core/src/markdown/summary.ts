import type { Token } from "markdown-it";
import { plainTextOf } from "./plain-text.ts";

const maxExcerptLength = 200;
const hangulPerMinute = 500;
const latinWordsPerMinute = 220;
const codeLinesPerMinute = 60;

/** Whole minutes, at least one: Hangul by syllables, other scripts by words, code by lines. */
export function readingMinutesOf(tokens: readonly Token[]): number {
  let minutes = 0;
  for (const token of tokens) {
    if (token.type === "fence" || token.type === "code_block") {
      minutes += token.content.split("\n").length / codeLinesPerMinute;
    } else if (token.type === "inline") {
      const text = plainTextOf(token.children ?? []);
      minutes +=
        (text.match(/[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu)?.length ?? 0) /
        hangulPerMinute;
      minutes +=
        (text.match(/[\p{sc=Latin}\p{N}][\p{sc=Latin}\p{M}\p{N}'’-]*/gu)?.length ?? 0) / latinWordsPerMinute;
    }
  }
  return Math.max(1, Math.round(minutes));
}

/** The first sentences of the running text, cut between words. */
export function excerptOf(tokens: readonly Token[]): string {
  let text = "";
  for (const [index, token] of tokens.entries()) {
    if (token.type !== "inline" || tokens[index - 1]?.tag !== "p") continue;
    text = `${text} ${plainTextOf(token.children ?? [])}`.replace(/\s+/g, " ").trimStart();
    if (text.length > maxExcerptLength) break;
  }
  text = text.trim();
  if (text.length <= maxExcerptLength) return text;
  const cut = text
    .slice(0, maxExcerptLength - 1)
    .toWellFormed()
    .replace("\ufffd", "");
  const lastSpace = cut.lastIndexOf(" ");
  return `${lastSpace > maxExcerptLength / 2 ? cut.slice(0, lastSpace) : cut}…`;
}
