import type { MarkdownIt, Token } from "markdown-it";
import type { CalloutKind } from "./classes.ts";
import type { RenderEnvironment } from "./environment.ts";
import { labelText, labelToken } from "./label.ts";

const marker = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i;

/** GitHub's callouts: a quote whose first line is `[!NOTE]` or another of the five kinds. */
export function useCallouts(md: MarkdownIt): void {
  md.core.ruler.after("block", "callouts", (state) => {
    const { lang } = state.env as RenderEnvironment;
    const result: Token[] = [];
    const quotes: { readonly callout: boolean }[] = [];
    for (let i = 0; i < state.tokens.length; i++) {
      const token = state.tokens[i] as Token;
      if (token.type === "blockquote_close" && quotes.pop()?.callout) {
        token.type = "callout_close";
        token.tag = "div";
      }
      result.push(token);
      if (token.type !== "blockquote_open") continue;

      const inline = state.tokens[i + 2];
      const match = state.tokens[i + 1]?.type === "paragraph_open" && marker.exec(inline?.content ?? "");
      quotes.push({ callout: Boolean(match) });
      if (!match || !inline) continue;
      const kind = match[1]?.toLowerCase() as CalloutKind;
      token.type = "callout_open";
      token.tag = "div";
      token.attrs = calloutAttributes(kind);
      result.push(labelToken(state, "p", "callout-title", labelText(kind, lang)));
      inline.content = inline.content.slice(match[0].length);
      // The marker stood alone in its paragraph: the paragraph goes with it.
      if (!inline.content.trim()) i += 3;
    }
    state.tokens = result;
  });
}

export function calloutAttributes(kind: CalloutKind): [string, string][] {
  return [
    ["class", `callout callout-${kind}`],
    ["role", "note"],
  ];
}
