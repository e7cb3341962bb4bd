import type { Locale } from "@haru/core/locale";
import { CommentRefused, previewComment } from "../../features/comment/comment-api.ts";
import type { CommentMessages } from "../../features/comment/messages.ts";
import { renderedHtml } from "../../features/site/trusted-html.ts";
import { element } from "../element.ts";

export interface CommentFormOptions {
  readonly label: string;
  readonly text: CommentMessages;
  readonly locale: Locale;
  /** What the field holds at first. */
  readonly initial?: string;
  readonly submitLabel: string;
  /**
   * @param key the same for each try of one text
   * @throws CommentRefused with a sentence for the person
   */
  readonly send: (markdown: string, key: string) => Promise<void>;
  /** Adds a button that closes the form. */
  readonly onCancel?: () => void;
}

let forms = 0;

/** A form for the text of a comment, new or old. Whatever goes wrong, the text stays in it. */
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
    value: options.initial ?? "",
  });
  const shown = element("div", { className: "prose comment-preview", hidden: true });
  const error = element("p", { id: `${id}-error`, className: "field-error", hidden: true, role: "alert" });
  const submit = element("button", {
    type: "submit",
    className: "button button-small",
    textContent: options.submitLabel,
  });
  const preview = element("button", {
    type: "button",
    className: "link-button",
    textContent: text.preview,
    ariaPressed: "false",
  });
  const cancel = options.onCancel
    ? element("button", { type: "button", className: "link-button", textContent: text.cancel })
    : undefined;
  const form = element(
    "form",
    { className: "comment-form", noValidate: true },
    element("label", { htmlFor: id, className: "visually-hidden", textContent: options.label }),
    area,
    shown,
    element(
      "div",
      { className: "comment-form-foot" },
      error,
      element("span", { className: "comment-form-hint", textContent: text.hint }),
      cancel,
      preview,
      submit,
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
    submit.ariaDisabled = String(isPending);
    submit.textContent = isPending ? text.sending : options.submitLabel;
  };
  const showPreview = (isShown: boolean) => {
    shown.hidden = !isShown;
    area.hidden = isShown;
    preview.ariaPressed = String(isShown);
    preview.textContent = isShown ? text.write : text.preview;
  };
  const say = (failure: unknown) => {
    const refused = failure instanceof CommentRefused ? failure : undefined;
    setError(refused?.isSignedOut ? text.sessionEnded : (refused?.message ?? text.sendFailed));
  };

  async function onSubmit(): Promise<void> {
    if (submit.ariaDisabled === "true") return;
    showPreview(false);
    if (area.value.trim() === "") {
      setError(text.emptyText);
      area.focus();
      return;
    }
    setError("");
    setPending(true);
    try {
      await options.send(area.value, key);
      area.value = "";
      key = crypto.randomUUID();
    } catch (failure) {
      say(failure);
      area.focus();
    } finally {
      setPending(false);
    }
  }

  async function onPreview(): Promise<void> {
    if (!shown.hidden) {
      showPreview(false);
      area.focus();
      return;
    }
    if (area.value.trim() === "") return;
    try {
      // Made safe where it was rendered, as the comment itself will be.
      shown.innerHTML = renderedHtml((await previewComment(area.value, locale)).html);
      setError("");
      showPreview(true);
    } catch (failure) {
      say(failure);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onSubmit();
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) form.requestSubmit();
    if (event.key === "Escape" && area.value === "" && !event.isComposing) options.onCancel?.();
  });
  // Other words are another comment, also to the server.
  area.addEventListener("input", () => {
    key = crypto.randomUUID();
  });
  preview.addEventListener("click", onPreview);
  cancel?.addEventListener("click", () => options.onCancel?.());
  return form;
}
