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

/**
 * The first sentences of the running text, cut between words. Lists, callouts and notes
 * begin a text only when there is nothing else in it.
 */
export function excerptOf(tokens: readonly Token[]): string {
  const text = paragraphsOf(tokens, (around) => around === "p") || paragraphsOf(tokens, () => true);
  if (text.length <= maxExcerptLength) return text;
  const cut = text.slice(0, maxExcerptLength - 1);
  const whole = cut.isWellFormed() ? cut : cut.slice(0, -1);
  const lastSpace = whole.lastIndexOf(" ");
  return `${lastSpace > maxExcerptLength / 2 ? whole.slice(0, lastSpace) : whole}…`;
}

/** The words of the paragraphs that are wanted, until there are enough. `around` names the open elements. */
function paragraphsOf(tokens: readonly Token[], isWanted: (around: string) => boolean): string {
  const open: string[] = [];
  let text = "";
  for (const token of tokens) {
    if (token.nesting > 0) open.push(token.attrGet("class") === "lead" ? "" : token.tag);
    if (token.nesting < 0) open.pop();
    if (token.type !== "inline" || open.at(-1) !== "p" || !isWanted(open.join(""))) continue;
    text = `${text} ${plainTextOf(token.children ?? [])}`.replace(/\s+/g, " ").trimStart();
    if (text.length > maxExcerptLength) break;
  }
  return text.trimEnd();
}
