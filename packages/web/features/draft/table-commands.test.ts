import { EditorState, type StateCommand } from "@codemirror/state";
import { expect, test } from "vitest";
import { addColumn, continueTable, nextCell, previousCell } from "./table-commands.ts";

/** Runs a command where the stroke `¦` stands; answers nothing where it does not apply. */
function run(command: StateCommand, marked: string): string | undefined {
  const anchor = marked.indexOf("¦");
  let state = EditorState.create({ doc: marked.replace("¦", ""), selection: { anchor } });
  const isTaken = command({
    state,
    dispatch: (transaction) => {
      state = transaction.state;
    },
  });
  const text = state.doc.toString();
  const { head } = state.selection.main;
  return isTaken ? `${text.slice(0, head)}¦${text.slice(head)}` : undefined;
}

const enter = (marked: string) => run(continueTable, marked);
const head = "| a | b |\n| --- | --- |";

test("Enter in a row begins the next one with as many cells, a written-out bar being none", () => {
  expect(enter(`${head}\n| 1 | 2 |¦`)).toBe(`${head}\n| 1 | 2 |\n| ¦ |  |`);
  expect(enter(`${head}\n| 1¦ | 2 |\n| 3 | 4 |`)).toBe(`${head}\n| 1 | 2 |\n| ¦ |  |\n| 3 | 4 |`);
  expect(enter(`${head}¦`)).toBe(`${head}\n| ¦ |  |`);
  expect(enter("| a | b¦ |\n| --- | --- |\n| 1 | 2 |")).toBe(`${head}\n| ¦ |  |\n| 1 | 2 |`);
  expect(enter(`${head}\n| 1 \\| 1 | 2 |¦`)).toBe(`${head}\n| 1 \\| 1 | 2 |\n| ¦ |  |`);
});

test("Enter takes nothing of a cell that Tab has selected", () => {
  const doc = `${head}\n| 1 | 2 |`;
  const words = { anchor: doc.indexOf("2"), head: doc.indexOf("2") + 1 };
  let state = EditorState.create({ doc, selection: words });
  const dispatch = (transaction: { state: EditorState }) => {
    state = transaction.state;
  };
  expect(continueTable({ state, dispatch })).toBe(true);
  expect(state.doc.toString()).toBe(`${doc}\n|  |  |`);
});

test("Enter in an empty last row leaves the table, wherever in it the caret is", () => {
  expect(enter(`${head}\n| 1 | 2 |\n|  |  |¦`)).toBe(`${head}\n| 1 | 2 |\n\n¦`);
  expect(enter(`${head}\n| 1 | 2 |\n| ¦ |  |`)).toBe(`${head}\n| 1 | 2 |\n\n¦`);
  expect(enter(`${head}\n| ¦ |  |\n| 1 | 2 |`)).toBe(`${head}\n|  |  |\n| ¦ |  |\n| 1 | 2 |`);
});

test("elsewhere Enter is what it always is", () => {
  for (const text of ["하나¦", "| a | b |¦", `${head}\n¦| 1 | 2 |`])
    expect(enter(text), text).toBeUndefined();
});

test("Tab goes from cell to cell past the ruled line, and out of the text from the last one; Shift+Tab goes back", () => {
  const table = `${head}\n| 하나 \\| 둘 |  |`;
  const [a, b, words] = ["a", "b", "하나 \\| 둘"].map((cell) => ({
    from: table.indexOf(cell),
    to: table.indexOf(cell) + cell.length,
  }));
  const empty = { from: table.length - 2, to: table.length - 2 };
  const path = [a, b, words, empty];
  const walk = (command: StateCommand, from: number) => {
    const places = [];
    let state = EditorState.create({ doc: table, selection: { anchor: from } });
    const dispatch = (transaction: { state: EditorState }) => {
      state = transaction.state;
    };
    while (command({ state, dispatch })) {
      const { from, to } = state.selection.main;
      places.push({ from, to });
    }
    return places;
  };
  expect(walk(nextCell, 0)).toEqual(path);
  expect(walk(previousCell, table.length)).toEqual(path.toReversed());
  expect(run(nextCell, "표가 ¦아니다")).toBeUndefined();
});

test.each([
  ["| a | b¦ |\n| --- | --- |\n| 1 | 2 |", "| a | b | ¦ |\n| --- | --- | --- |\n| 1 | 2 |  |"],
  ["| a¦ | b |\n| --- | --- |\n| 1 | 2 |", "| a | ¦ | b |\n| --- | --- | --- |\n| 1 |  | 2 |"],
  ["| a | b |\n| --- | --- |\n| 1 ¦| 2 |\n\n끝", "| a |  | b |\n| --- | --- | --- |\n| 1 | ¦ | 2 |\n\n끝"],
])("a column comes behind the one that the caret is in: %j", (before, after) => {
  expect(run(addColumn, before)).toBe(after);
  expect(run(addColumn, "표가 ¦아니다")).toBeUndefined();
});
