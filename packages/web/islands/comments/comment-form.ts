import type { Comment } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import { CommentRefused, postComment } from "../../features/comment/comment-api.ts";
import type { CommentMessages } from "../../features/comment/messages.ts";
import { element } from "../element.ts";

export interface CommentFormOptions {
  readonly postId: string;
  readonly parentId: string | undefined;
  readonly label: string;
  readonly text: CommentMessages;
  readonly locale: Locale;
  readonly onPosted: (comment: Comment) => void;
  /** Adds a button that closes the form. */
  readonly onCancel?: () => void;
}

let forms = 0;

/** A form for one comment. Whatever goes wrong, the text stays in it. */
export function makeCommentForm(options: CommentFormOptions): HTMLFormElement {
  const { text, locale } = options;
  const id = `comment-text-${++forms}`;
  let key = crypto.randomUUID();
  const area = element("textarea", {
    id,
    name: "markdown",
    placeholder: text.placeholder,
    rows: 2,
    required: true,
  });
  const error = element("p", { id: `${id}-error`, className: "field-error", hidden: true, role: "alert" });
  const send = element("button", {
    type: "submit",
    className: "button button-small",
    textContent: text.send,
  });
  const cancel = options.onCancel
    ? element("button", { type: "button", className: "link-button", textContent: text.cancel })
    : undefined;
  const form = element(
    "form",
    { className: "comment-form", noValidate: true },
    element("label", { htmlFor: id, className: "visually-hidden", textContent: options.label }),
    area,
    element(
      "div",
      { className: "comment-form-foot" },
      error,
      element("span", { className: "comment-form-hint", textContent: text.hint }),
      cancel,
      send,
    ),
  );

  const setError = (message: string) => {
    error.textContent = message;
    error.hidden = message === "";
    area.ariaInvalid = message === "" ? null : "true";
    if (message === "") area.removeAttribute("aria-describedby");
    else area.setAttribute("aria-describedby", error.id);
  };
  const setPending = (isPending: boolean) => {
    send.ariaDisabled = String(isPending);
    send.textContent = isPending ? text.sending : text.send;
  };

  async function submit(): Promise<void> {
    if (send.ariaDisabled === "true") return;
    if (area.value.trim() === "") {
      setError(text.emptyText);
      area.focus();
      return;
    }
    setError("");
    setPending(true);
    try {
      const { postId, parentId } = options;
      const comment = await postComment({ postId, parentId, markdown: area.value }, key, locale);
      area.value = "";
      key = crypto.randomUUID();
      options.onPosted(comment);
    } catch (failure) {
      const refused = failure instanceof CommentRefused ? failure : undefined;
      setError(refused?.isSignedOut ? text.sessionEnded : (refused?.message ?? text.sendFailed));
      area.focus();
    } finally {
      setPending(false);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) form.requestSubmit();
    if (event.key === "Escape" && area.value === "" && !event.isComposing) options.onCancel?.();
  });
  // Other words are another comment, also to the server.
  area.addEventListener("input", () => {
    key = crypto.randomUUID();
  });
  cancel?.addEventListener("click", () => options.onCancel?.());
  return form;
}
