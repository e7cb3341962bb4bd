import type { Comment } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import {
  CommentRefused,
  editComment,
  fetchSource,
  removeComment,
  reportComment,
} from "../../features/comment/comment-api.ts";
import type { CommentMessages } from "../../features/comment/messages.ts";
import { element } from "../element.ts";
import { makeCommentForm } from "./comment-form.ts";
import type { CommentItem } from "./comment-item.ts";

interface ActionOptions {
  readonly item: CommentItem;
  readonly comment: Comment;
  readonly text: CommentMessages;
  readonly locale: Locale;
  /** The comment is the reader's own. */
  readonly isOwn: boolean;
  readonly onReply: () => void;
  readonly onRemoved: (leavesPlace: boolean) => void;
  /** Says something to whoever cannot see that it happened. */
  readonly announce: (message: string) => void;
}

/** What a person who is signed in can do to a comment: answer; edit and delete one's own; report others'. */
export function addActions(options: ActionOptions): void {
  const { item, text, isOwn, announce } = options;
  let { comment } = options;
  const name = comment.author?.displayName ?? "";
  const error = element("p", { className: "field-error", role: "alert", hidden: true });
  const fail = (failure: unknown) => {
    error.textContent = failure instanceof CommentRefused ? failure.message : text.actionFailed;
    error.hidden = false;
  };
  const attempt = async (act: () => Promise<void>) => {
    error.hidden = true;
    try {
      await act();
    } catch (failure) {
      fail(failure);
    }
  };
  const button = (label: string, onClick: (button: HTMLButtonElement) => void, ariaLabel = label) => {
    const made = element("button", {
      type: "button",
      className: "link-button",
      textContent: label,
      ariaLabel,
    });
    made.addEventListener("click", () => onClick(made));
    return made;
  };

  async function openEdit(): Promise<void> {
    const { markdown, revision } = await fetchSource(comment, options.locale);
    const close = () => {
      form.remove();
      item.actions.hidden = false;
    };
    const form = makeCommentForm({
      label: text.edit,
      submitLabel: text.save,
      text,
      locale: options.locale,
      initial: markdown,
      send: async (changed) => {
        comment = await editComment(comment, { revision, markdown: changed }, options.locale);
        close();
        item.show(comment);
        announce(comment.isWaiting ? text.waits : text.editedNow);
      },
      onCancel: close,
    });
    item.actions.hidden = true;
    item.actions.after(form);
    form.querySelector("textarea")?.focus();
  }

  /** The first press asks, the second does it; leaving the button takes the question back. */
  function askAndRemove(asked: HTMLButtonElement): void {
    if (asked.dataset.asked === undefined) {
      asked.dataset.asked = "";
      asked.textContent = text.reallyRemove;
      asked.addEventListener(
        "blur",
        () => {
          delete asked.dataset.asked;
          asked.textContent = text.remove;
        },
        { once: true },
      );
      return;
    }
    attempt(async () => options.onRemoved((await removeComment(comment, options.locale)).leavesPlace));
  }

  const parts = [
    comment.isWaiting ? undefined : button(text.reply, options.onReply, text.replyTo(name)),
    ...(isOwn
      ? [button(text.edit, () => attempt(openEdit)), button(text.remove, askAndRemove)]
      : [
          button(
            text.report,
            (pressed) =>
              attempt(async () => {
                await reportComment(comment, "", options.locale);
                pressed.replaceWith(element("span", { textContent: text.reported }));
                announce(text.reported);
              }),
            text.reportOf(name),
          ),
        ]),
    error,
  ];
  item.actions.append(...parts.filter((part) => part !== undefined));
}
