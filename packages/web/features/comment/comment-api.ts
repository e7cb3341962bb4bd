/*
 * The comments of a post for its island. The generated client would bring a schema library of
 * several times this island's size to a page that is read a thousand times for each comment, so
 * here only the types of the contract are used. Reading goes to the public API, writing over the
 * site, which knows the session.
 */
import type { Comment } from "@haru/core/comment/comment.contract";
import type { ErrorBody } from "@haru/core/errors";
import type { Locale } from "@haru/core/locale";

export interface CommentPage {
  readonly items: readonly Comment[];
  readonly cursor?: string;
}

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
  cursor: string | undefined,
  locale: Locale,
): Promise<CommentPage> {
  const query = cursor ? `?${new URLSearchParams({ cursor })}` : "";
  const response = await fetch(`/api/posts/${postId}/comments${query}`, {
    headers: { "accept-language": locale },
  });
  if (!response.ok) throw new Error(`The comments could not be read: ${response.status}.`);
  return response.json();
}

/**
 * @param key the same for each try of one comment, so that a lost answer does not post it twice
 * @throws CommentRefused with a sentence for the person, when the API said no
 */
export async function postComment(
  input: { readonly postId: string; readonly parentId: string | undefined; readonly markdown: string },
  key: string,
  locale: Locale,
): Promise<Comment> {
  const { postId, ...body } = input;
  const response = await fetch(`/bff/posts/${postId}/comments`, {
    method: "POST",
    headers: { "content-type": "application/json", "accept-language": locale, "idempotency-key": key },
    body: JSON.stringify(body),
  });
  if (response.ok) return response.json();
  const { error } = (await response.json()) as ErrorBody;
  throw new CommentRefused(error.fields?.markdown?.join(" ") ?? error.message, response.status === 401);
}
