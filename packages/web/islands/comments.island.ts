import type { Comment } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import { fetchComments } from "../features/comment/comment-api.ts";
import { commentMessages } from "../features/comment/messages.ts";
import { makeCommentForm } from "./comments/comment-form.ts";
import { type CommentItem, makeCommentItem } from "./comments/comment-item.ts";
import { element } from "./element.ts";

/** The comments under a post, loaded when a reader comes near them. */
function startComments(place: HTMLElement, body: HTMLElement, postId: string): void {
  const root = document.documentElement;
  const locale = root.lang as Locale;
  const text = commentMessages[locale];
  const counter = place.querySelector<HTMLElement>("[data-comment-count]");
  const items = new Map<string, CommentItem>();
  const list = element("ol", { className: "comment-list" });
  const status = element("p", { className: "visually-hidden", role: "status" });
  const empty = element("p", { className: "empty note", textContent: text.empty, hidden: true });
  const more = element("button", {
    type: "button",
    className: "button button-quiet comments-more",
    textContent: text.more,
    hidden: true,
  });
  const failed = element("p", { className: "banner banner-bad", role: "alert", hidden: true });
  const again = element("button", { type: "button", className: "button button-quiet button-small" });
  again.textContent = text.again;
  failed.append(element("span", { textContent: text.loadFailed }), again);
  const isSignedIn = root.dataset.session !== undefined;
  let cursor: string | undefined;

  /** Adds a comment where it belongs; one that is there already stays as it is. */
  function add(comment: Comment): CommentItem {
    const known = items.get(comment.commentId);
    if (known) return known;
    const item = makeCommentItem(comment, text, locale);
    const thread = comment.parentId ? items.get(comment.parentId) : undefined;
    insertInOrder(thread?.answers ?? list, item.root);
    items.set(comment.commentId, item);
    empty.hidden = true;
    const threadId = comment.parentId ?? comment.commentId;
    if (isSignedIn) item.reply.addEventListener("click", () => openReply(item, threadId, comment));
    else item.reply.hidden = true;
    return item;
  }

  function onPosted(comment: Comment): void {
    const { root: added } = add(comment);
    if (counter) counter.textContent = String(Number(counter.textContent) + 1);
    added.classList.add("comment-new");
    added.scrollIntoView({ block: "nearest" });
    added.focus({ preventScroll: true });
    status.textContent = text.sent;
  }

  function openReply(item: CommentItem, threadId: string, comment: Comment): void {
    const open = item.body.querySelector<HTMLTextAreaElement>(":scope > .comment-form textarea");
    if (open) {
      open.focus();
      return;
    }
    const close = () => {
      form.remove();
      item.reply.focus();
    };
    const form = makeCommentForm({
      postId,
      parentId: threadId,
      label: text.replyTo(comment.author.displayName),
      text,
      locale,
      onPosted: (answer) => {
        form.remove();
        onPosted(answer);
      },
      onCancel: close,
    });
    const actions = item.body.querySelector(":scope > .comment-actions");
    actions?.after(form);
    form.querySelector("textarea")?.focus();
  }

  async function loadMore(): Promise<void> {
    more.disabled = true;
    failed.hidden = true;
    try {
      const page = await fetchComments(postId, cursor, locale);
      const isFirst = items.size === 0;
      for (const comment of page.items) add(comment);
      cursor = page.cursor;
      more.hidden = cursor === undefined;
      if (isFirst) {
        empty.hidden = items.size > 0;
        body.replaceChildren(...parts);
        body.removeAttribute("aria-busy");
        showTarget();
      }
    } catch {
      failed.hidden = false;
      more.hidden = true;
      body.replaceChildren(...parts);
      body.removeAttribute("aria-busy");
    } finally {
      more.disabled = false;
    }
  }

  /** A link to a comment leads to it once it is there. */
  function showTarget(): void {
    const target = items.get(location.hash.slice(1))?.root;
    target?.classList.add("comment-new");
    target?.scrollIntoView();
  }

  const signIn = `/${locale}/sign-in?${new URLSearchParams({ next: `${location.pathname}#comments` })}`;
  const top = isSignedIn
    ? makeCommentForm({ postId, parentId: undefined, label: text.label, text, locale, onPosted })
    : element(
        "p",
        { className: "banner" },
        element("span", { textContent: text.signInFirst }),
        element("a", { className: "text-link", href: signIn, textContent: text.signIn }),
      );
  const parts = [top, status, empty, list, failed, more];
  more.addEventListener("click", loadMore);
  again.addEventListener("click", loadMore);
  loadMore();
}

/** Ids sort by time, so that a comment of one's own stays behind older ones that are loaded after it. */
function insertInOrder(list: HTMLOListElement, item: HTMLLIElement): void {
  const later = [...list.children].find((sibling) => sibling.id > item.id);
  list.insertBefore(item, later ?? null);
}

const place = document.getElementById("comments");
const body = place?.querySelector<HTMLElement>("[data-comments-body]");
const postId = place?.dataset.post;
if (place && body && postId) startComments(place, body, postId);
