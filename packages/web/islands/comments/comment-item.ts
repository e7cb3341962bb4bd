import type { Comment } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import type { CommentMessages } from "../../features/comment/messages.ts";
import { formatAgo } from "../../features/site/ago.ts";
import { initialOf, tintOf } from "../../features/site/initial.ts";
import { element } from "../element.ts";

export interface CommentItem {
  readonly root: HTMLLIElement;
  /** Answers go here; a comment of the second level has none. */
  readonly answers: HTMLOListElement;
  /** Where a form for an answer opens. */
  readonly body: HTMLElement;
  readonly reply: HTMLButtonElement;
}

/** One comment as an item of a list. Its HTML was made safe where it was rendered. */
export function makeCommentItem(comment: Comment, text: CommentMessages, locale: Locale): CommentItem {
  const { author } = comment;
  const content = element("div", { className: "prose", innerHTML: comment.html });
  const reply = element("button", {
    type: "button",
    className: "link-button",
    textContent: text.reply,
    ariaLabel: text.replyTo(author.displayName),
  });
  const time = element("time", {
    dateTime: comment.createdAt,
    title: new Date(comment.createdAt).toLocaleString(locale),
    textContent: formatAgo(comment.createdAt, new Date(), locale),
  });
  const answers = element("ol", { className: "comment-list" });
  const body = element(
    "div",
    { className: "comment-body" },
    element(
      "div",
      { className: "comment-head" },
      element("b", { textContent: author.displayName }),
      author.wrotePost ? element("span", { className: "badge", textContent: text.author }) : undefined,
      element("a", { href: `#${comment.commentId}` }, time),
    ),
    content,
    element("div", { className: "comment-actions" }, reply),
  );
  const initial = element("span", {
    className: `initial tint-${tintOf(author.accountId)}`,
    textContent: initialOf(author.displayName),
    ariaHidden: "true",
  });
  const root = element("li", { className: "comment", id: comment.commentId, tabIndex: -1 }, initial, body);
  if (!comment.parentId) body.append(answers);
  return { root, answers, body, reply };
}
