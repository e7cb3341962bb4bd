import { EditorSelection, type EditorState, type Transaction } from "@codemirror/state";

/** Puts marks around each selection, or takes them away where they stand already. */
export function wrapSelection(state: EditorState, before: string, after: string): Transaction {
  const changes = state.changeByRange((range) => {
    const start = range.from - before.length;
    const isWrapped =
      start >= 0 &&
      state.sliceDoc(start, range.from) === before &&
      state.sliceDoc(range.to, range.to + after.length) === after;
    if (isWrapped)
      return {
        changes: [
          { from: start, to: range.from },
          { from: range.to, to: range.to + after.length },
        ],
        range: EditorSelection.range(start, range.to - before.length),
      };
    return {
      changes: [
        { from: range.from, insert: before },
        { from: range.to, insert: after },
      ],
      range: EditorSelection.range(range.from + before.length, range.to + before.length),
    };
  });
  return state.update(changes, { userEvent: "input", scrollIntoView: true });
}
