import { literalValue } from "./tag.ts";

/** An expression that is only a text, such as `{' '}`; a text never needs more room than this. */
const textExpression = /\{\s*("[^"\n]{0,500}"|'[^'\n]{0,500}'|`[^`\n]{0,500}`)\s*\}/;
const textExpressionHere = new RegExp(textExpression.source, "y");
const textExpressions = new RegExp(textExpression.source, "g");

/** The text of the expression at `start`, and where it ends. */
export function readTextExpression(
  source: string,
  start: number,
): { readonly text: string; readonly end: number } | undefined {
  textExpressionHere.lastIndex = start;
  const [whole, literal] = textExpressionHere.exec(source) ?? [];
  const text = literal === undefined ? undefined : literalValue(literal);
  return whole === undefined || text === undefined ? undefined : { text, end: start + whole.length };
}

/** Text as JSX would show it: text expressions replaced by their text. */
export function resolveTextExpressions(source: string): string {
  return source.replace(textExpressions, (whole, literal: string) => literalValue(literal) ?? whole);
}
