import type { MarkdownIt, StateBlock, StateCore, Token } from "markdown-it";
import type { Locale } from "../locale.ts";

/** The few words that the renderer itself adds to a text. */
const labels = {
  note: { ko: "참고", en: "Note" },
  tip: { ko: "팁", en: "Tip" },
  important: { ko: "중요", en: "Important" },
  warning: { ko: "주의", en: "Warning" },
  caution: { ko: "경고", en: "Caution" },
  details: { ko: "자세히", en: "Details" },
  hint: { ko: "힌트", en: "Hint" },
  solution: { ko: "정답", en: "Solution" },
  "deep-dive": { ko: "더 깊이 알아보기", en: "Deep dive" },
  goals: { ko: "배우는 것", en: "You will learn" },
  recap: { ko: "요약", en: "Recap" },
  more: { ko: "더 알아보기", en: "Learn more" },
  exercise: { ko: "연습", en: "Try it out" },
  footnotes: { ko: "각주", en: "Footnotes" },
  footnote: { ko: "각주", en: "Footnote" },
  back: { ko: "본문으로 돌아가기", en: "Back to the text" },
} as const satisfies Record<string, Record<Locale, string>>;

export type LabelName = keyof typeof labels;

export function labelText(name: LabelName, lang: Locale): string {
  return labels[name][lang];
}

/** An element that holds plain text only, for instance the title of a callout. */
export function labelToken(
  state: StateBlock | StateCore,
  tag: string,
  className: string | undefined,
  text: string,
): Token {
  const token = new state.Token("label", tag, 0);
  token.block = true;
  token.content = text;
  if (className) token.attrSet("class", className);
  return token;
}

export function useLabels(md: MarkdownIt): void {
  md.renderer.rules.label = (tokens, index, _options, _env, renderer) => {
    const token = tokens[index] as Token;
    const attributes = renderer.renderAttrs(token);
    return `<${token.tag}${attributes}>${md.utils.escapeHtml(token.content)}</${token.tag}>\n`;
  };
}
