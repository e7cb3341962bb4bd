import type { MarkdownIt, Token } from "markdown-it";

const box = /^\[([ xX])\]\s+/;

/** GFM task lists. The text is the label of its box, so that the box has a name. */
export function useTaskLists(md: MarkdownIt): void {
  md.core.ruler.after("inline", "task_lists", (state) => {
    const lists: Token[] = [];
    for (const [index, token] of state.tokens.entries()) {
      if (/^(?:bullet|ordered)_list_open$/.test(token.type)) lists.push(token);
      if (/^(?:bullet|ordered)_list_close$/.test(token.type)) lists.pop();
      if (token.type !== "list_item_open" || state.tokens[index + 1]?.type !== "paragraph_open") continue;
      const children = state.tokens[index + 2]?.children;
      const first = children?.[0];
      const match = first?.type === "text" ? box.exec(first.content) : null;
      if (!children || !first || !match) continue;

      first.content = first.content.slice(match[0].length);
      const checkbox = new state.Token("task_checkbox", "input", 0);
      checkbox.attrs = [
        ["type", "checkbox"],
        ["disabled", ""],
      ];
      if (match[1] !== " ") checkbox.attrPush(["checked", ""]);
      // The span lets a style set the box beside the text, however many elements that has.
      const opening = [
        new state.Token("task_open", "label", 1),
        checkbox,
        new state.Token("text_open", "span", 1),
      ];
      children.unshift(...opening);
      children.push(new state.Token("text_close", "span", -1), new state.Token("task_close", "label", -1));
      token.attrSet("class", "task");
      lists.at(-1)?.attrSet("class", "task-list");
    }
  });
}
