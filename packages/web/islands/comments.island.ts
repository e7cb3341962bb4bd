import type { Comment } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import { readSession } from "../features/account/session-client.ts";
import { type CommentOrder, fetchComments, postComment } from "../features/comment/comment-api.ts";
import { commentMessages } from "../features/comment/messages.ts";
import { grouped } from "../features/site/grouped.ts";
import { addActions } from "./comments/comment-actions.ts";
import { makeCommentForm } from "./comments/comment-form.ts";
import { type CommentItem, makeCommentItem } from "./comments/comment-item.ts";
import { element } from "./element.ts";

/** A comment that a link names is looked for in so many pages. */
const mostPagesToTarget = 10;

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
  const turn = element("button", { type: "button", className: "link-button comments-order", hidden: true });
  const isSignedIn = root.dataset.session !== undefined;
  /** Who reads; asked for once and only of people who are signed in. */
  const reader = isSignedIn ? readSession().catch(() => undefined) : Promise.resolve(undefined);
  let order: CommentOrder = "oldest";
  let isClosed = false;
  let cursor: string | undefined;

  const announce = (message: string) => {
    status.textContent = message;
  };
  const count = (difference: number) => {
    if (!counter) return;
    const all = Math.max(0, Number(counter.dataset.commentCount) + difference);
    counter.dataset.commentCount = String(all);
    counter.textContent = all > 0 ? grouped(all) : "";
  };

  /** Adds a comment where it belongs; one that is there already stays as it is. */
  function add(comment: Comment): CommentItem {
    const known = items.get(comment.commentId);
    if (known) return known;
    const item = makeCommentItem(comment, text, locale);
    const thread = comment.parentId ? items.get(comment.parentId) : undefined;
    if (thread) insertInOrder(thread.answers, item.root, "oldest");
    else insertInOrder(list, item.root, order);
    items.set(comment.commentId, item);
    empty.hidden = true;
    if (comment.author && isSignedIn) offerActions(item, comment);
    return item;
  }

  async function offerActions(item: CommentItem, comment: Comment): Promise<void> {
    const session = await reader;
    if (!session?.signedIn) return;
    addActions({
      item,
      comment,
      text,
      locale,
      isOwn: session.accountId === comment.author?.accountId,
      announce,
      onReply: () => openReply(item, comment),
      onRemoved: (leavesPlace) => {
        announce(text.removedNow);
        if (!comment.isWaiting) count(-1);
        if (leavesPlace) {
          const { author, ...bare } = comment;
          item.show({ ...bare, html: "" });
        } else {
          items.delete(comment.commentId);
          item.root.remove();
          empty.hidden = items.size > 0;
        }
      },
    });
  }

  function onPosted(comment: Comment): void {
    const { root: added } = add(comment);
    if (!comment.isWaiting) count(1);
    added.classList.add("comment-new");
    added.scrollIntoView({ block: "nearest" });
    added.focus({ preventScroll: true });
    announce(comment.isWaiting ? text.waits : text.sent);
  }

  function openReply(item: CommentItem, comment: Comment): void {
    const open = item.root.querySelector<HTMLTextAreaElement>(":scope > * > .comment-form textarea");
    if (open) {
      open.focus();
      return;
    }
    const close = () => {
      form.remove();
      item.actions.querySelector("button")?.focus();
    };
    const form = makeCommentForm({
      label: text.replyTo(comment.author?.displayName ?? ""),
      submitLabel: text.send,
      text,
      locale,
      send: async (markdown, key) => {
        const parentId = comment.parentId ?? comment.commentId;
        const answer = await postComment({ postId, parentId, markdown }, key, locale);
        form.remove();
        onPosted(answer);
      },
      onCancel: close,
    });
    item.actions.after(form);
    form.querySelector("textarea")?.focus();
  }

  /** What stands above the comments: a form, or why there is none. */
  function makeTop(): HTMLElement {
    if (isClosed) return element("p", { className: "banner", textContent: text.closed });
    if (isSignedIn)
      return makeCommentForm({
        label: text.label,
        submitLabel: text.send,
        text,
        locale,
        send: async (markdown, key) =>
          onPosted(await postComment({ postId, parentId: undefined, markdown }, key, locale)),
      });
    const signIn = `/${locale}/sign-in?${new URLSearchParams({ next: `${location.pathname}#comments` })}`;
    return element(
      "p",
      { className: "banner" },
      element("span", { textContent: text.signInFirst }),
      element("a", { className: "text-link", href: signIn, textContent: text.signIn }),
    );
  }

  async function loadMore(): Promise<void> {
    more.disabled = true;
    failed.hidden = true;
    try {
      const page = await fetchComments(postId, { order, cursor }, locale);
      isClosed = page.isClosed;
      const isFirst = body.hasAttribute("aria-busy");
      for (const comment of page.items) add(comment);
      cursor = page.cursor;
      more.hidden = cursor === undefined;
      turn.hidden = items.size < 2;
      turn.textContent = text.turn[order];
      empty.hidden = items.size > 0;
      if (isFirst) {
        body.replaceChildren(makeTop(), status, turn, empty, list, failed, more);
        body.removeAttribute("aria-busy");
        void showTarget();
      }
    } catch {
      failed.hidden = false;
      more.hidden = true;
      if (body.hasAttribute("aria-busy")) body.replaceChildren(failed);
    } finally {
      more.disabled = false;
    }
  }

  /** A link to a comment leads to it once it is there, which may take a few pages. */
  async function showTarget(): Promise<void> {
    const wanted = location.hash.slice(1);
    if (!wanted.startsWith("cmt_")) return;
    for (let pages = 1; pages < mostPagesToTarget && cursor !== undefined && !items.has(wanted); pages++)
      await loadMore();
    const target = items.get(wanted)?.root;
    target?.classList.add("comment-new");
    target?.scrollIntoView();
  }

  turn.addEventListener("click", () => {
    order = order === "oldest" ? "newest" : "oldest";
    cursor = undefined;
    items.clear();
    list.replaceChildren();
    loadMore();
  });
  more.addEventListener("click", loadMore);
  again.addEventListener("click", loadMore);
  loadMore();
}

/** Ids sort by time, so that a comment of one's own stays in its place beside others that are loaded after it. */
function insertInOrder(list: HTMLOListElement, item: HTMLLIElement, order: CommentOrder): void {
  const isAfter = (sibling: Element) => (order === "oldest" ? sibling.id > item.id : sibling.id < item.id);
  list.insertBefore(item, [...list.children].find(isAfter) ?? null);
}

const place = document.getElementById("comments");
const body = place?.querySelector<HTMLElement>("[data-comments-body]");
const postId = place?.dataset.post;
if (place && body && postId) startComments(place, body, postId);
