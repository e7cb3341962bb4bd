import type { MarkdownIt, StateCore, Token } from "markdown-it";
import { plainTextOf } from "./plain-text.ts";

/** Images load late; one that stands alone with a title is a figure, the title its caption. */
export function useFigures(md: MarkdownIt): void {
  md.core.ruler.push("figures", (state) => {
    for (const [index, token] of state.tokens.entries()) {
      if (token.type === "paragraph_open") makeFigure(state, index);
    }
  });
  md.renderer.rules.image = (tokens, index, _options, _env, renderer) => {
    const image = tokens[index] as Token;
    image.attrSet("alt", plainTextOf(image.children ?? []));
    image.attrSet("loading", "lazy");
    image.attrSet("decoding", "async");
    return `<img${renderer.renderAttrs(image)}>`;
  };
}

function makeFigure(state: StateCore, index: number): void {
  const [open, inline, close] = state.tokens.slice(index, index + 3) as [Token, Token, Token];
  const children = inline.children ?? [];
  const linked = children.length === 3 && children[0]?.type === "link_open";
  const image = linked ? children[1] : children.length === 1 ? children[0] : undefined;
  const title = image?.type === "image" ? image.attrGet("title") : null;
  if (!image || !title) return;

  image.attrs = (image.attrs ?? []).filter(([name]) => name !== "title");
  for (const token of [open, close]) {
    token.tag = "figure";
    // A paragraph in a list without blank lines has no tags of its own, a figure does.
    token.hidden = false;
  }
  open.attrSet("class", "figure");
  const caption = new state.Token("text", "", 0);
  caption.content = String(title);
  children.push(
    new state.Token("caption_open", "figcaption", 1),
    caption,
    new state.Token("caption_close", "figcaption", -1),
  );
}
