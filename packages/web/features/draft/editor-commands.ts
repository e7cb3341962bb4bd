import { EditorSelection, type EditorState, type StateCommand, type Transaction } from "@codemirror/state";
import { addColumn } from "./table-commands.ts";
import { wrapSelection } from "./wrap-selection.ts";

/** What the toolbar, the shortcuts and the slash menu do to the text. */
export type CommandName =
  | "bold"
  | "italic"
  | "strike"
  | "code"
  | "link"
  | "heading2"
  | "heading3"
  | "list"
  | "ordered"
  | "task"
  | "quote"
  | "codeBlock"
  | "table"
  | "postLink"
  | "callout"
  | "footnote"
  | "rule";

const wrap =
  (before: string, after = before): StateCommand =>
  ({ state, dispatch }) => {
    dispatch(wrapSelection(state, before, after));
    return true;
  };

/** Puts a mark before each line of the selection, or takes it away where every line has it. */
function markLines(state: EditorState, mark: string): Transaction {
  const numbers = new Set<number>();
  for (const { from, to } of state.selection.ranges)
    for (let line = state.doc.lineAt(from).number; line <= state.doc.lineAt(to).number; line++)
      numbers.add(line);
  const lines = [...numbers].map((number) => state.doc.line(number));
  const areMarked = lines.every(({ text }) => text.startsWith(mark));
  const changes = lines.map(({ from, text }) =>
    areMarked
      ? { from, to: from + mark.length }
      : // Another mark of the same kind makes room: a heading becomes a list, a list a quotation.
        {
          from,
          to: from + (/^(?:#{1,6} |[-*] \[[ x]\] |[-*] |\d+\. |> )/.exec(text)?.[0].length ?? 0),
          insert: mark,
        },
  );
  // On an empty line the caret goes behind the mark, where the text will be.
  const selection = state.selection.map(state.changes(changes), 1);
  return state.update({ changes, selection, userEvent: "input", scrollIntoView: true });
}

const lines =
  (mark: string): StateCommand =>
  ({ state, dispatch }) => {
    dispatch(markLines(state, mark));
    return true;
  };

/** Puts a block on lines of its own and selects the part of it that is meant to be written over. */
function insertBlock(state: EditorState, block: string, selected: string): Transaction {
  const { from, to } = state.selection.main;
  const line = state.doc.lineAt(from);
  const before = line.text.slice(0, from - line.from).trim() === "" ? "" : "\n\n";
  const after = to === state.doc.length ? "\n" : "\n\n";
  const start = from + before.length + Math.max(0, block.indexOf(selected));
  return state.update({
    changes: { from, to, insert: before + block + after },
    selection: EditorSelection.range(start, start + selected.length),
    userEvent: "input",
    scrollIntoView: true,
  });
}

const block =
  (text: string, selected = ""): StateCommand =>
  ({ state, dispatch }) => {
    dispatch(insertBlock(state, text, selected));
    return true;
  };

/** The next number that no footnote of the text has. */
const footnote: StateCommand = ({ state, dispatch }) => {
  const text = state.doc.toString();
  const numbers = [...text.matchAll(/\[\^(\d+)\]/g)].map(([, number]) => Number(number));
  const label = `[^${Math.max(0, ...numbers) + 1}]`;
  const { to } = state.selection.main;
  const note = `${text.endsWith("\n") ? "" : "\n"}\n${label}: `;
  const end = state.doc.length + label.length + note.length;
  dispatch(
    state.update({
      changes: [
        { from: to, insert: label },
        { from: state.doc.length, insert: note },
      ],
      selection: EditorSelection.cursor(end),
      userEvent: "input",
      scrollIntoView: true,
    }),
  );
  return true;
};

const newTable = block("| 1 | 2 |\n| --- | --- |\n|  |  |", "1");

export const commands: Readonly<Record<CommandName, StateCommand>> = {
  bold: wrap("**"),
  italic: wrap("*"),
  strike: wrap("~~"),
  code: wrap("`"),
  link: wrap("[", "](https://)"),
  heading2: lines("## "),
  heading3: lines("### "),
  list: lines("- "),
  ordered: lines("1. "),
  task: lines("- [ ] "),
  quote: lines("> "),
  codeBlock: block("```ts\n\n```", "ts"),
  // Within a table it makes that one wider.
  table: (target) => addColumn(target) || newTable(target),
  postLink: wrap("[[", ""),
  callout: block("> [!NOTE]\n> ", "NOTE"),
  footnote,
  rule: block("---"),
};

/** Keys as CodeMirror writes them; `Mod` is Command on a Mac and Control elsewhere. */
export const shortcuts: Readonly<Partial<Record<CommandName, string>>> = {
  bold: "Mod-b",
  italic: "Mod-i",
  strike: "Mod-Shift-x",
  code: "Mod-e",
  link: "Mod-k",
  heading2: "Mod-Alt-2",
  heading3: "Mod-Alt-3",
  list: "Mod-Shift-8",
  ordered: "Mod-Shift-7",
  quote: "Mod-Shift-9",
};
