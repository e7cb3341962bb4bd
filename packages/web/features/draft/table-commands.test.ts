import { EditorState, type StateCommand } from "@codemirror/state";
import { expect, test } from "vitest";
import { addColumn, continueTable } from "./table-commands.ts";

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

test("Enter at the end of a row begins the next one with as many cells, a written-out bar being none", () => {
  expect(enter(`${head}\n| 1 | 2 |¦`)).toBe(`${head}\n| 1 | 2 |\n| ¦ |  |`);
  expect(enter(`${head}¦`)).toBe(`${head}\n| ¦ |  |`);
  expect(enter(`${head}\n| 1 \\| 1 | 2 |¦`)).toBe(`${head}\n| 1 \\| 1 | 2 |\n| ¦ |  |`);
});

test("Enter in an empty row leaves the table", () => {
  expect(enter(`${head}\n| 1 | 2 |\n|  |  |¦`)).toBe(`${head}\n| 1 | 2 |\n¦`);
});

test("elsewhere Enter is what it always is", () => {
  for (const text of ["하나¦", "| a | b |¦", `${head}\n| 1¦ | 2 |`, "| a | b |¦\n| --- | --- |"])
    expect(enter(text), text).toBeUndefined();
});

test.each([
  ["| a | b¦ |\n| --- | --- |\n| 1 | 2 |", "| a | b | ¦ |\n| --- | --- | --- |\n| 1 | 2 |  |"],
  ["| a¦ | b |\n| --- | --- |\n| 1 | 2 |", "| a | ¦ | b |\n| --- | --- | --- |\n| 1 |  | 2 |"],
  ["| a | b |\n| --- | --- |\n| 1 ¦| 2 |\n\n끝", "| a |  | b |\n| --- | --- | --- |\n| 1 | ¦ | 2 |\n\n끝"],
])("a column comes behind the one that the caret is in: %j", (before, after) => {
  expect(run(addColumn, before)).toBe(after);
  expect(run(addColumn, "표가 ¦아니다")).toBeUndefined();
});
