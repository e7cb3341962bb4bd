import {
  autocompletion,
  type Completion,
  type CompletionContext,
  startCompletion,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { type CommandName, commands } from "./editor-commands.ts";
import { type FindPosts, postLinks } from "./post-links.ts";

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
  "postLink",
  "footnote",
  "rule",
];

/**
 * A menu that opens with a slash at the beginning of a line. It is found by the words of the person's
 * language and by the English ones, so that nobody has to change the keyboard for it. Two opening brackets
 * offer the author's posts to link to.
 */
export function slashMenu(labels: Readonly<Record<CommandName, string>>, find: FindPosts): Extension {
  const options: Completion[] = offered.map((name) => ({
    label: `/${labels[name]}`,
    displayLabel: labels[name],
    detail: name,
    apply(view, _, from, to) {
      view.dispatch({ changes: { from, to }, userEvent: "input.complete" });
      commands[name](view);
      if (name === "postLink") startCompletion(view);
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
  return autocompletion({ override: [source, postLinks(find)], icons: false });
}
