import { autocompletion, type Completion, type CompletionContext } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { type CommandName, commands } from "./editor-commands.ts";

/** What the menu offers, in its order. */
const offered: readonly CommandName[] = [
  "heading2",
  "heading3",
  "list",
  "ordered",
  "task",
  "quote",
  "callout",
  "codeBlock",
  "table",
  "footnote",
  "rule",
];

/**
 * A menu that opens with a slash at the beginning of a line. It is found by the words of the person's
 * language and by the English ones, so that nobody has to change the keyboard for it.
 */
export function slashMenu(labels: Readonly<Record<CommandName, string>>): Extension {
  const options: Completion[] = offered.map((name) => ({
    label: `/${labels[name]}`,
    displayLabel: labels[name],
    detail: name,
    apply(view, _, from, to) {
      view.dispatch({ changes: { from, to }, userEvent: "input.complete" });
      commands[name](view);
    },
  }));
  const source = (context: CompletionContext) => {
    const typed = context.matchBefore(/^\s*\/[\p{L}\d]*/u);
    if (!typed) return null;
    const from = typed.from + typed.text.indexOf("/");
    const word = context.state.sliceDoc(from + 1, context.pos).toLowerCase();
    const matching = options.filter(
      ({ displayLabel = "", detail = "" }) =>
        displayLabel.toLowerCase().includes(word) || detail.toLowerCase().startsWith(word),
    );
    return { from, options: matching, filter: false };
  };
  return autocompletion({ override: [source], icons: false });
}
