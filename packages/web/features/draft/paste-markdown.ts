import { EditorView } from "@codemirror/view";

/** Rich text beyond this is pasted as plain text: making Markdown of it would hold up the page. */
const mostHtml = 2_000_000;

/** Whether what was copied has a structure that plain text loses. */
function isRich(html: string): boolean {
  return /<(?:a\s|b>|strong|em>|i>|h[1-6]|ul|ol|li|table|blockquote|pre|code|img)[\s>]?/i.test(html);
}

/** Pasted rich text becomes Markdown. With Shift held, browsers hand over plain text, which stays as it is. */
export const pasteMarkdown = EditorView.domEventHandlers({
  paste(event, view) {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const plain = event.clipboardData?.getData("text/plain") ?? "";
    if (!isRich(html) || html.length > mostHtml) return false;
    event.preventDefault();
    const { from, to } = view.state.selection.main;
    const insert = (text: string) => {
      view.dispatch(view.state.replaceSelection(text), { userEvent: "input.paste", scrollIntoView: true });
    };
    // Loaded when somebody first pastes something rich.
    import("./rich-text.ts").then(
      ({ markdownOf }) => {
        const { main } = view.state.selection;
        insert(main.from === from && main.to === to ? markdownOf(html) : plain);
      },
      () => insert(plain),
    );
    return true;
  },
});
