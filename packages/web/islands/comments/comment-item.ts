import type { Comment } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import type { CommentMessages } from "../../features/comment/messages.ts";
import { formatAgo } from "../../features/site/ago.ts";
import { initialOf, tintOf } from "../../features/site/initial.ts";
import { renderedHtml } from "../../features/site/trusted-html.ts";
import { element } from "../element.ts";

export interface CommentItem {
  readonly root: HTMLLIElement;
  /** Answers go here; a comment of the second level has none. */
  readonly answers: HTMLOListElement;
  /** Holds the buttons of the comment, and forms that they open. */
  readonly actions: HTMLElement;
  /** Shows the comment as it is now, also when nothing is left of it. */
  show(comment: Comment): void;
}

/** The person's avatar, or the first letter of the name. */
function portraitOf(author: Comment["author"]): HTMLElement {
  const { displayName = "", accountId = "", avatar } = author ?? {};
  if (!avatar) {
    const textContent = author ? initialOf(displayName) : "";
    return element("span", { className: `initial tint-${tintOf(accountId)}`, textContent });
  }
  return element("img", {
    className: "initial",
    loading: "lazy",
    sizes: "2.25rem",
    srcset: avatar.srcset,
    src: avatar.src,
    alt: "",
  });
}

/** One comment as an item of a list. Its HTML was made safe where it was rendered. */
export function makeCommentItem(first: Comment, text: CommentMessages, locale: Locale): CommentItem {
  const portrait = element("div", { ariaHidden: "true" });
  const head = element("div", { className: "comment-head" });
  const content = element("div", { className: "prose" });
  const actions = element("div", { className: "comment-actions" });
  const answers = element("ol", { className: "comment-list" });
  const body = element("div", { className: "comment-body" }, head, content, actions);
  const root = element("li", { className: "comment", id: first.commentId, tabIndex: -1 }, portrait, body);
  if (!first.parentId) body.append(answers);

  function show(comment: Comment): void {
    const { author, createdAt, editedAt, html, isWaiting, commentId } = comment;
    portrait.replaceChildren(portraitOf(author));
    const time = element("time", {
      dateTime: createdAt,
      title: new Date(createdAt).toLocaleString(locale),
      textContent: formatAgo(createdAt, new Date(), locale),
    });
    head.replaceChildren(
      ...[
        author && element("b", { textContent: author.displayName }),
        author?.wrotePost ? element("span", { className: "badge", textContent: text.author }) : undefined,
        isWaiting ? element("span", { className: "badge", textContent: text.waiting }) : undefined,
        element("a", { href: `#${commentId}` }, time),
        editedAt ? element("span", { textContent: text.edited }) : undefined,
      ].filter((part) => part !== undefined),
    );
    if (author) content.innerHTML = renderedHtml(html);
    else {
      const textContent = comment.isAccountDeleted ? text.accountDeleted : text.removed;
      content.replaceChildren(element("p", { className: "note", textContent }));
    }
    actions.hidden = !author;
  }

  show(first);
  return { root, answers, actions, show };
}
