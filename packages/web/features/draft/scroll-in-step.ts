import type { EditorView } from "@codemirror/view";
import { outlineOf } from "./text-measure.ts";

/** Where the same thing stands in both columns, in pixels from the top of each. */
export interface Pair {
  readonly source: number;
  readonly preview: number;
}

/** The place in the preview for a place in the source, evenly between the pairs around it. */
export function placeInPreview(pairs: readonly Pair[], source: number): number {
  const next = pairs.findIndex((pair) => pair.source > source);
  const after = pairs[next];
  const before = pairs[next < 0 ? pairs.length - 1 : next - 1];
  if (!before) return 0;
  if (!after) return before.preview;
  const share = (source - before.source) / (after.source - before.source);
  return before.preview + share * (after.preview - before.preview);
}

/** Pairs the headings of a text with those of its preview, and their ends. */
function pairsOf(view: EditorView, preview: HTMLElement): Pair[] {
  const outline = outlineOf(view.state.doc.toString());
  const headings = [...preview.querySelectorAll<HTMLElement>(".prose :is(h1, h2, h3, h4, h5, h6)")];
  const top = preview.getBoundingClientRect().top - preview.scrollTop;
  // While the preview catches up with the writing the two may differ; what both have is enough.
  const pairs = outline.slice(0, headings.length).flatMap(({ line }, index) => {
    const heading = headings[index];
    if (!heading || line > view.state.doc.lines) return [];
    const block = view.lineBlockAt(view.state.doc.line(line).from);
    return [{ source: block.top, preview: heading.getBoundingClientRect().top - top }];
  });
  return [{ source: 0, preview: 0 }, ...pairs, { source: view.contentHeight, preview: preview.scrollHeight }];
}

/** Keeps the preview at what is read in the text. Answers how to stop. */
export function scrollInStep(view: () => EditorView | undefined, preview: HTMLElement): () => void {
  let frame = 0;
  function follow(): void {
    frame = 0;
    const editor = view();
    // In one column they do not stand side by side.
    if (!editor || preview.scrollHeight <= preview.clientHeight) return;
    const source = preview.getBoundingClientRect().top - editor.documentTop;
    preview.scrollTop = source <= 0 ? 0 : placeInPreview(pairsOf(editor, preview), source);
  }
  const onScroll = () => {
    frame ||= requestAnimationFrame(follow);
  };
  addEventListener("scroll", onScroll, { passive: true });
  return () => {
    removeEventListener("scroll", onScroll);
    cancelAnimationFrame(frame);
  };
}
