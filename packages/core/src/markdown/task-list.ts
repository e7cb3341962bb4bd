import type { MarkdownIt, Token } from "markdown-it";

const box = /^\[([ xX])\](?=\s)/;

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
      children.unshift(new state.Token("label_open", "label", 1), checkbox);
      children.push(new state.Token("label_close", "label", -1));
      token.attrSet("class", "task");
      lists.at(-1)?.attrSet("class", "task-list");
    }
  });
}
