/*
 * The comments of a post for its island. The generated client would bring a schema library of
 * several times this island's size to a page that is read a thousand times for each comment, so
 * here only the types of the contract are used. Reading goes to the public API, writing over the
 * site, which knows the session.
 */
import type { Comment, commentContract, commentOrders } from "@haru/core/comment/comment.contract";
import type { OutputOf } from "@haru/core/contract";
import type { ErrorBody } from "@haru/core/errors";
import type { Locale } from "@haru/core/locale";
import { newTraceparent } from "@haru/core/trace";

export type CommentPage = OutputOf<(typeof commentContract)["list"]>;
export type CommentOrder = (typeof commentOrders)[number];

export class CommentRefused extends Error {
  override readonly name = "CommentRefused";
  readonly isSignedOut: boolean;

  constructor(message: string, isSignedOut: boolean) {
    super(message);
    this.isSignedOut = isSignedOut;
  }
}

export async function fetchComments(
  postId: string,
  { order, cursor }: { readonly order: CommentOrder; readonly cursor: string | undefined },
  locale: Locale,
): Promise<CommentPage> {
  const query = new URLSearchParams({ order, ...(cursor ? { cursor } : {}) });
  const response = await fetch(`/api/posts/${postId}/comments?${query}`, {
    headers: { "accept-language": locale },
  });
  if (!response.ok) throw new Error(`The comments could not be read: ${response.status}.`);
  return response.json();
}

/**
 * @param key the same for each try of one comment, so that a lost answer does not post it twice
 * @throws CommentRefused with a sentence for the person, when the API said no
 */
export function postComment(
  input: { readonly postId: string; readonly parentId: string | undefined; readonly markdown: string },
  key: string,
  locale: Locale,
): Promise<Comment> {
  const { postId, ...body } = input;
  return send(`/posts/${postId}/comments`, "POST", locale, body, { "idempotency-key": key });
}

/** @throws CommentRefused */
export function previewComment(markdown: string, locale: Locale): Promise<{ html: string }> {
  return send("/comments/preview", "POST", locale, { markdown });
}

/** What its author wrote in a comment. @throws CommentRefused */
export function fetchSource(
  comment: Comment,
  locale: Locale,
): Promise<{ markdown: string; revision: number }> {
  return send(`${pathOf(comment)}/markdown${parentQuery(comment)}`, "GET", locale);
}

/** @throws CommentRefused */
export function editComment(
  comment: Comment,
  edit: { readonly revision: number; readonly markdown: string },
  locale: Locale,
): Promise<Comment> {
  return send(pathOf(comment), "PUT", locale, { parentId: comment.parentId, ...edit });
}

/** @throws CommentRefused */
export function removeComment(comment: Comment, locale: Locale): Promise<{ leavesPlace: boolean }> {
  return send(pathOf(comment) + parentQuery(comment), "DELETE", locale);
}

/** @throws CommentRefused */
export function reportComment(comment: Comment, reason: string, locale: Locale): Promise<object> {
  return send(`${pathOf(comment)}/report`, "POST", locale, { parentId: comment.parentId, reason });
}

function pathOf({ postId, commentId }: Comment): string {
  return `/posts/${postId}/comments/${commentId}`;
}

function parentQuery({ parentId }: Comment): string {
  return parentId ? `?${new URLSearchParams({ parentId })}` : "";
}

async function send<Answer>(
  path: string,
  method: string,
  locale: Locale,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`/bff${path}`, {
    method,
    headers: {
      "accept-language": locale,
      traceparent: newTraceparent(),
      ...(body ? { "content-type": "application/json" } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (response.ok) return response.json();
  const { error } = (await response.json()) as ErrorBody;
  throw new CommentRefused(error.fields?.markdown?.join(" ") ?? error.message, response.status === 401);
}
