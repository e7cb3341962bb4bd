import { EditorSelection, EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { type CommandName, commands } from "./editor-commands.ts";

/** Runs a command on a text in which bars stand for the ends of the selection; answers in the same way. */
function run(name: CommandName, marked: string): string {
  const [before = "", selected = "", after = ""] = marked.split("|");
  const isCursor = marked.split("|").length === 2;
  const doc = isCursor ? before + selected : before + selected + after;
  const selection = EditorSelection.range(before.length, before.length + (isCursor ? 0 : selected.length));
  let state = EditorState.create({ doc, selection });
  commands[name]({
    state,
    dispatch: (transaction) => {
      state = transaction.state;
    },
  });
  const { from, to } = state.selection.main;
  const text = state.doc.toString();
  const parts = [text.slice(0, from), ...(from === to ? [] : [text.slice(from, to)]), text.slice(to)];
  return parts.join("|");
}

test.each([
  ["bold", "하나 |둘| 셋", "하나 **|둘|** 셋"],
  ["heading2", "제|목", "## 제|목"],
  ["heading2", "## 제|목", "제|목"],
  ["heading3", "## 제|목", "### 제|목"],
  ["list", "|하나\n둘|", "- |하나\n- 둘|"],
  ["list", "- |하나\n- 둘|", "|하나\n둘|"],
  ["quote", "- 하|나", "> 하|나"],
  ["table", "|하나", "| |1| | 2 |\n| --- | --- |\n|  |  |\n\n하나"],
  ["rule", "하나|", "하나\n\n|---\n"],
  ["callout", "|", "> [!|NOTE|]\n> \n"],
  ["footnote", "하나|.", "하나[^1].\n\n[^1]: |"],
  ["footnote", "하나[^1]. 둘|\n\n[^1]: a", "하나[^1]. 둘[^2]\n\n[^1]: a\n\n[^2]: |"],
] as const)("%s makes of %j %j", (name, before, after) => {
  expect(run(name, before)).toBe(after);
});
