import type { SearchHit } from "@haru/core/search/search.contract";
import { formatDate } from "../../features/post/day.ts";
import { element } from "../element.ts";

/** One line of the palette: a post, an earlier search, or something to do. */
export interface Option {
  readonly root: HTMLLIElement;
  run(): void;
}

type Shown = Partial<SearchHit> & {
  readonly note?: string;
  /** Where a line leads that is no post. */
  readonly href?: string;
};

export function makeOption(id: string, shown: Shown, act: (path: string) => void): Option {
  const { title, passage, lang, slug, publishedAt, note } = shown;
  // As `postPath` makes it, whose module would bring a schema library of ten times this island's size.
  const path = shown.href ?? (lang && slug ? `/${lang}/posts/${encodeURIComponent(slug)}` : "");
  const root = element("li", { id, className: "palette-option", role: "option" });
  root.setAttribute("aria-selected", "false");
  if (lang) root.lang = lang;
  if (title) root.append(marked("b", title));
  if (publishedAt && lang) {
    root.append(element("span", { className: "palette-date", textContent: formatDate(publishedAt, lang) }));
  }
  if (passage && passage.length > 0) root.append(marked("p", passage));
  if (note) root.append(element("span", { className: "palette-action", textContent: note }));
  const run = () => act(path);
  root.addEventListener("click", run);
  return { root, run };
}

function marked(tag: "b" | "p", segments: SearchHit["title"]): HTMLElement {
  const parts = segments.map(({ text, isMarked }) =>
    isMarked ? element("mark", { textContent: text }) : document.createTextNode(text),
  );
  return element(tag, {}, ...parts);
}
