import { EditorSelection, EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { wrapSelection } from "./wrap-selection.ts";

function wrapped(doc: string, from: number, to: number, mark = "**") {
  const state = EditorState.create({ doc, selection: EditorSelection.single(from, to) });
  const after = wrapSelection(state, mark, mark).state;
  return {
    doc: after.doc.toString(),
    selected: after.sliceDoc(after.selection.main.from, after.selection.main.to),
  };
}

test("marks go around what is selected, which stays selected", () => {
  expect(wrapped("오늘 배운 것", 3, 5)).toEqual({ doc: "오늘 **배운** 것", selected: "배운" });
});

test("the same key takes the marks away again", () => {
  expect(wrapped("오늘 **배운** 것", 5, 7)).toEqual({ doc: "오늘 배운 것", selected: "배운" });
});

test("with nothing selected the cursor stands between the marks", () => {
  expect(wrapped("", 0, 0)).toEqual({ doc: "****", selected: "" });
});
