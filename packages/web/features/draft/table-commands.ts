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
const bar = /(?<!\\)\|/g;

function cellsOf({ text }: Line): string[] {
  return text.trim().slice(1, -1).split(bar);
}

interface Place {
  readonly from: number;
  readonly to: number;
}

/** Where the words of a row's cells stand; in an empty one, behind its first space. */
function placesIn({ text, from: start }: Line): Place[] {
  const bars = [...text.matchAll(bar)].map(({ index }) => index);
  return bars.slice(1).map((end, index) => {
    const begin = (bars[index] ?? 0) + 1;
    const inside = text.slice(begin, end);
    const words = inside.trim();
    const from = start + begin + (words === "" ? Math.min(1, inside.length) : inside.indexOf(words));
    return { from, to: from + words.length };
  });
}

/**
 * Enter in a row begins the next one, and takes nothing of what Tab has selected there; in the names of the
 * columns it begins the first one. In an empty last row it takes that away and leaves the table for the line
 * after an empty one: what stands directly below a table is one more row of it.
 */
export const continueTable: StateCommand = ({ state, dispatch }) => {
  const { from, to } = state.selection.main;
  const line = state.doc.lineAt(to);
  const rows = rowsAround(state, to);
  const [head, ruled] = rows;
  if (!head || !ruled || from <= line.from) return false;
  const cells = cellsOf(line);
  const isLast = rows.at(-1)?.from === line.from;
  const isEmpty = isLast && cells.every((cell) => cell.trim() === "");
  const above = line.from === head.from ? ruled : line;
  const row = `\n|${"  |".repeat(cells.length)}`;
  dispatch(
    state.update({
      ...(isEmpty
        ? { changes: { from: line.from, to: line.to, insert: "\n" }, selection: { anchor: line.from + 1 } }
        : { changes: { from: above.to, insert: row }, selection: { anchor: above.to + "\n| ".length } }),
      scrollIntoView: true,
      userEvent: "input",
    }),
  );
  return true;
};

/** A command that selects the words of another cell; false where there is none. */
function goTo(find: (places: readonly Place[], here: Place) => Place | undefined): StateCommand {
  return ({ state, dispatch }) => {
    const { main } = state.selection;
    const rows = rowsAround(state, main.head).filter((_, index) => index !== 1);
    const place = find(rows.flatMap(placesIn), main);
    if (!place) return false;
    const selection = EditorSelection.range(place.from, place.to);
    dispatch(state.update({ selection, scrollIntoView: true, userEvent: "select" }));
    return true;
  };
}

/** Past the last cell there is none, so that the key that goes there leads out of the text from it. */
export const nextCell = goTo((places, { to }) => places.find(({ from }) => from > to));
export const previousCell = goTo((places, { from }) => places.findLast(({ to }) => to < from));

/** Puts a column behind the one that the caret is in. False where there is no table. */
export const addColumn: StateCommand = ({ state, dispatch }) => {
  const { head } = state.selection.main;
  const rows = rowsAround(state, head);
  if (rows.length === 0) return false;
  const here = state.doc.lineAt(head);
  const behind = here.text.slice(0, head - here.from).split(bar).length - 1;
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
