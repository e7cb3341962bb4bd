import { EditorSelection, type EditorState, type Line, type StateCommand } from "@codemirror/state";

const delimiter = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

function isRow({ text }: Line): boolean {
  return /^\s*\|.*\|\s*$/.test(text);
}

/** The rows of the table around a line: from the first that begins with a bar to the last, the second one ruled. */
function rowsAround(state: EditorState, position: number): Line[] {
  const rows: Line[] = [];
  const here = state.doc.lineAt(position);
  for (let at = here.number; at >= 1 && isRow(state.doc.line(at)); at--) rows.unshift(state.doc.line(at));
  for (let at = here.number + 1; at <= state.doc.lines && isRow(state.doc.line(at)); at++)
    rows.push(state.doc.line(at));
  return rows[1] && delimiter.test(rows[1].text) ? rows : [];
}

/** A bar that is written out is no end of a cell. */
function cellsOf({ text }: Line): string[] {
  return text
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/);
}

/** Enter at the end of a row begins the next one; in an empty row it takes that away and leaves the table. */
export const continueTable: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const rows = rowsAround(state, main.head);
  // Between the names of the columns and the line below them there is no place for a row.
  const isHead = rows[0]?.from === line.from;
  if (!main.empty || main.head !== line.to || rows.length === 0 || isHead) return false;
  const cells = cellsOf(line);
  const isEmpty = cells.every((cell) => cell.trim() === "");
  const row = `\n|${"  |".repeat(cells.length)}`;
  dispatch(
    state.update({
      ...(isEmpty
        ? { changes: { from: line.from, to: line.to } }
        : { changes: { from: line.to, insert: row }, selection: { anchor: line.to + "\n| ".length } }),
      scrollIntoView: true,
      userEvent: "input",
    }),
  );
  return true;
};

/** Puts a column behind the one that the caret is in. False where there is no table. */
export const addColumn: StateCommand = ({ state, dispatch }) => {
  const { head } = state.selection.main;
  const rows = rowsAround(state, head);
  if (rows.length === 0) return false;
  const here = state.doc.lineAt(head);
  const behind = here.text.slice(0, head - here.from).split(/(?<!\\)\|/).length - 1;
  const changes = rows.map((line, index) => {
    const cells = cellsOf(line);
    const column = Math.min(Math.max(behind, 1), cells.length);
    const length = cells.slice(0, column).reduce((sum, cell) => sum + cell.length + 1, 1);
    const from = line.from + line.text.indexOf("|") + length;
    return { from, insert: index === 1 ? " --- |" : "  |" };
  });
  const own = changes[rows.findIndex(({ from }) => from === here.from)];
  const anchor = state.changes(changes).mapPos(own?.from ?? head, -1) + 1;
  dispatch(state.update({ changes, selection: EditorSelection.cursor(anchor), userEvent: "input" }));
  return true;
};
