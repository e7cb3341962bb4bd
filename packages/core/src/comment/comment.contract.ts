import * as z from "zod";
import { defineContract, pageInput, pageOf, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { localeSchema } from "../locale.ts";
import { avatarSchema } from "../media/picture.contract.ts";
import { multilineText, plainText } from "../text.ts";

/** UTF-8 bytes of one comment's Markdown. */
export const maxCommentBytes = 8_000;

/** A comment with more links waits for a moderator. */
export const mostLinksUnseen = 2;

/** Why a comment is before a moderator: not let through yet, reported by readers, or taken away by one. */
export const commentQueues = ["waiting", "reported", "hidden"] as const;
export type CommentQueue = (typeof commentQueues)[number];

/** How a comment stands: in one of the queues, or shown while nobody has to look at it. */
export const commentStandings = [...commentQueues, "none"] as const;
export type CommentStanding = (typeof commentStandings)[number];

export const commentOrders = ["oldest", "newest"] as const;

const authorSchema = z.strictObject({
  accountId: idSchema("account"),
  displayName: z.string(),
  /** As it is now, whatever it was when the comment was written. */
  avatar: avatarSchema.optional(),
  /** True when the post is this person's own. */
  wrotePost: z.boolean(),
});

/** Comments form threads of two levels: a comment, and answers to it. */
export const commentSchema = z
  .strictObject({
    commentId: idSchema("comment"),
    postId: idSchema("post"),
    /** The comment that is answered; absent on the first level. */
    parentId: idSchema("comment").optional(),
    /** Absent when nothing is left of the comment but its place. */
    author: authorSchema.optional(),
    /** The person left: the place is all that remains. */
    isAccountDeleted: z.boolean().optional(),
    html: z.string(),
    createdAt: timestampSchema,
    editedAt: timestampSchema.optional(),
    /** Rises with every edit. */
    revision: z.number().int().min(1),
    /** Only its author sees it until a moderator has let it through. */
    isWaiting: z.boolean(),
  })
  .meta({ id: "Comment" });
export type Comment = z.output<typeof commentSchema>;

/** A comment as moderators see it, with the post that it stands under. */
export const moderatedCommentSchema = commentSchema
  .extend({
    author: authorSchema,
    queue: z.enum(commentQueues),
    reports: z.number().int().min(0),
    /** Whether its author may write no comments any more. */
    isBanned: z.boolean(),
    post: z.strictObject({ lang: localeSchema, slug: z.string(), title: z.string() }).optional(),
  })
  .meta({ id: "ModeratedComment" });
export type ModeratedComment = z.output<typeof moderatedCommentSchema>;

const postId = idSchema("post");
const commentId = idSchema("comment");
const markdown = multilineText({ min: 1, maxBytes: maxCommentBytes });
/** Which comment: `parentId` as the comment itself says it. */
const which = { postId, commentId, parentId: commentId.optional() };

export const moderations = ["approve", "hide"] as const;

export const commentContract = defineContract({
  list: {
    method: "GET",
    path: "/posts/{postId}/comments",
    auth: "public",
    summary: "Comments of a published post by thread, answers after what they answer.",
    input: z.strictObject({ postId, order: z.enum(commentOrders).default("oldest"), ...pageInput }),
    output: pageOf(commentSchema).extend({ isClosed: z.boolean() }),
    errors: ["not_found", "gone"],
  },
  create: {
    method: "POST",
    path: "/posts/{postId}/comments",
    auth: "reader",
    summary: "Comments on a published post, or answers a comment of the first level.",
    input: z.strictObject({ postId, parentId: commentId.optional(), markdown }),
    output: commentSchema,
    status: 201,
    errors: ["not_found", "gone", "unprocessable", "idempotency_mismatch", "too_large"],
    idempotent: true,
    countedAs: "Comments",
    limits: [
      { name: "comment", per: "address", quota: 120, windowSeconds: 60 },
      { name: "comment", per: "account", quota: 20, windowSeconds: 60 },
    ],
  },
  preview: {
    method: "POST",
    path: "/comments/preview",
    auth: "reader",
    summary: "Renders Markdown exactly as a comment would be.",
    input: z.strictObject({ markdown }),
    output: z.strictObject({ html: z.string() }),
    errors: ["unprocessable", "too_large"],
    // A text may take its renderer's whole deadline.
    limits: [{ name: "comment-preview", per: "account", quota: 60, windowSeconds: 60 }],
  },
  source: {
    method: "GET",
    path: "/posts/{postId}/comments/{commentId}/markdown",
    auth: "reader",
    summary: "What the actor wrote in a comment, to be edited.",
    input: z.strictObject(which),
    output: z.strictObject({ markdown: z.string(), revision: z.number().int() }),
    errors: ["not_found"],
  },
  edit: {
    method: "PUT",
    path: "/posts/{postId}/comments/{commentId}",
    auth: "reader",
    summary: "Replaces the named revision of the actor's own comment. The same edit sent twice is one edit.",
    input: z.strictObject({ ...which, revision: z.number().int().min(1), markdown }),
    output: commentSchema,
    errors: ["not_found", "conflict", "unprocessable", "too_large"],
    limits: [{ name: "comment", per: "account", quota: 20, windowSeconds: 60 }],
  },
  remove: {
    method: "DELETE",
    path: "/posts/{postId}/comments/{commentId}",
    auth: "reader",
    summary: "Deletes the actor's own comment. Its place stays while answers stand under it.",
    input: z.strictObject(which),
    output: z.strictObject({ leavesPlace: z.boolean() }),
    errors: ["not_found"],
  },
  report: {
    method: "POST",
    path: "/posts/{postId}/comments/{commentId}/report",
    auth: "reader",
    summary: "Tells the moderators about a comment, once for each person.",
    input: z.strictObject({ ...which, reason: plainText({ max: 500 }) }),
    output: z.strictObject({}),
    errors: ["not_found"],
    limits: [{ name: "report", per: "account", quota: 20, windowSeconds: 60 * 60 }],
  },
  queue: {
    method: "GET",
    path: "/moderation/{queue}",
    auth: "author",
    summary:
      "Comments before the moderators, newest first: under the actor's own posts, for admins under all.",
    input: z.strictObject({ queue: z.enum(commentQueues), ...pageInput }),
    output: pageOf(moderatedCommentSchema),
    errors: [],
  },
  moderate: {
    method: "POST",
    path: "/moderation/{postId}/{commentId}",
    auth: "author",
    summary: "Lets a comment through or takes it away. What is so already stays so.",
    input: z.strictObject({ ...which, action: z.enum(moderations) }),
    output: z.strictObject({}),
    errors: ["not_found", "unprocessable"],
  },
  ban: {
    method: "PUT",
    path: "/moderation/people/{accountId}",
    auth: "admin",
    summary: "Lets a person write no more comments, or lets them again. What stands there stays.",
    input: z.strictObject({ accountId: idSchema("account"), isBanned: z.boolean() }),
    output: z.strictObject({ isBanned: z.boolean() }),
    errors: [],
  },
  history: {
    method: "GET",
    path: "/moderation/{postId}/{commentId}/history",
    auth: "author",
    summary: "What a comment said before its edits, newest first, for moderators.",
    input: z.strictObject({ ...which, ...pageInput }),
    output: pageOf(
      z.strictObject({ revision: z.number().int(), markdown: z.string(), replacedAt: timestampSchema }),
    ),
    errors: ["not_found"],
  },
  close: {
    method: "PUT",
    path: "/author/posts/{postId}/comments",
    auth: "author",
    summary: "Closes the comments of the actor's own post, or opens them again.",
    input: z.strictObject({ postId, isClosed: z.boolean() }),
    output: z.strictObject({ isClosed: z.boolean() }),
    errors: ["not_found"],
  },
});
