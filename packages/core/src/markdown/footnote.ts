/// <reference path="./markdown-it-footnote.d.ts" />
import type { MarkdownIt, Token } from "markdown-it";
import footnotePlugin from "markdown-it-footnote";
import type { RenderEnvironment } from "./environment.ts";
import { labelText } from "./label.ts";
import { maxFootnoteReferences, maxFootnotes } from "./limit.ts";
import { guardRule } from "./rule.ts";

interface FootnoteMeta {
  /** 0-based. */
  readonly id: number;
  /** 0 for the first reference to this note, 1 for the second, … */
  readonly subId?: number;
}

/** Footnotes with prefixed ids and named links. What exceeds the caps stays text. */
export function useFootnotes(md: MarkdownIt): void {
  md.use(footnotePlugin);
  guardRule(md.block.ruler, "footnote_def", (rule) => (state, startLine, endLine, silent) => {
    const { counts } = state.env as RenderEnvironment;
    if (counts.footnotes >= maxFootnotes) return false;
    // Counted before the rule runs, since it parses the note, and with it notes inside the note.
    if (!silent) counts.footnotes++;
    const made = rule(state, startLine, endLine, silent);
    if (!made && !silent) counts.footnotes--;
    return made;
  });
  for (const name of ["footnote_inline", "footnote_ref"]) {
    guardRule(md.inline.ruler, name, (rule) => (state, silent) => {
      const { counts } = state.env as RenderEnvironment;
      if (counts.footnoteReferences >= maxFootnoteReferences) return false;
      const made = rule(state, silent);
      if (made && !silent) counts.footnoteReferences++;
      return made;
    });
  }

  const rules = md.renderer.rules;
  rules.footnote_ref = (tokens, index, _options, env) => {
    const { id, subId = 0 } = metaOf(tokens, index);
    const { lang } = env as RenderEnvironment;
    const label = `${labelText("footnote", lang)} ${id + 1}`;
    return `<sup class="footnote-ref"><a href="#fn-${id + 1}" id="${referenceId(id, subId)}" aria-label="${label}">${id + 1}</a></sup>`;
  };
  rules.footnote_block_open = (_tokens, _index, _options, env) => {
    const title = labelText("footnotes", (env as RenderEnvironment).lang);
    return `<section class="footnotes">\n<h2 class="footnotes-title">${title}</h2>\n<ol>\n`;
  };
  rules.footnote_block_close = () => "</ol>\n</section>\n";
  rules.footnote_open = (tokens, index) => `<li id="fn-${metaOf(tokens, index).id + 1}">`;
  rules.footnote_close = () => "</li>\n";
  rules.footnote_anchor = (tokens, index, _options, env) => {
    const { id, subId = 0 } = metaOf(tokens, index);
    const label = labelText("back", (env as RenderEnvironment).lang);
    // The variation selector keeps the arrow from being drawn as an emoji.
    return ` <a href="#${referenceId(id, subId)}" class="footnote-back" aria-label="${label}">\u21a9\ufe0e</a>`;
  };
}

function metaOf(tokens: readonly Token[], index: number): FootnoteMeta {
  return tokens[index]?.meta as unknown as FootnoteMeta;
}

function referenceId(id: number, subId: number): string {
  return subId > 0 ? `fnref-${id + 1}-${subId + 1}` : `fnref-${id + 1}`;
}
