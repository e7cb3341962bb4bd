import * as z from "zod";
import { defineContract, pageInput, pageOf, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { multilineText } from "../text.ts";

/** UTF-8 bytes of one comment's Markdown. */
export const maxCommentBytes = 8_000;

/** Comments form threads of two levels: a comment, and answers to it. */
export const commentSchema = z
  .strictObject({
    commentId: idSchema("comment"),
    postId: idSchema("post"),
    /** The comment that is answered; absent on the first level. */
    parentId: idSchema("comment").optional(),
    author: z.strictObject({
      accountId: idSchema("account"),
      displayName: z.string(),
      /** True when the post is this person's own. */
      wrotePost: z.boolean(),
    }),
    html: z.string(),
    createdAt: timestampSchema,
  })
  .meta({ id: "Comment" });
export type Comment = z.output<typeof commentSchema>;

const postId = idSchema("post");

export const commentContract = defineContract({
  list: {
    method: "GET",
    path: "/posts/{postId}/comments",
    auth: "public",
    summary: "Comments of a published post, oldest thread first, answers after what they answer.",
    input: z.strictObject({ postId, ...pageInput }),
    output: pageOf(commentSchema),
    errors: ["not_found"],
  },
  create: {
    method: "POST",
    path: "/posts/{postId}/comments",
    auth: "reader",
    summary: "Comments on a published post, or answers a comment of the first level.",
    input: z.strictObject({
      postId,
      parentId: idSchema("comment").optional(),
      markdown: multilineText({ min: 1, maxBytes: maxCommentBytes }),
    }),
    output: commentSchema,
    status: 201,
    errors: ["not_found", "unprocessable", "idempotency_mismatch", "too_large"],
    idempotent: true,
    limits: [
      { name: "comment", per: "address", quota: 120, windowSeconds: 60 },
      { name: "comment", per: "account", quota: 20, windowSeconds: 60 },
    ],
  },
});
