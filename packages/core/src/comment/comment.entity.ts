import { CustomAttributeType, Entity, type EntityItem } from "electrodb";
import type { AccountId, CommentId, PostId } from "../id.ts";
import { segmentOf } from "../search/segment.ts";
import { key, onTable, service } from "../table.ts";
import { commentStandings } from "./comment.contract.ts";

/**
 * Where a comment lies: readers ask for what is `shown`, so that nothing that waits or was hidden has
 * to be filtered out of what they get.
 */
const places = ["shown", "held"] as const;

/** A comment under a post. Ids grow with time, so a thread stands in order and before every later one. */
export const comments = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "comment", version: "1" },
        attributes: {
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          place: { type: places, required: true },
          /** The comment of the first level: itself, or the one that is answered. */
          threadId: { type: CustomAttributeType<CommentId>("string"), required: true },
          commentId: { type: CustomAttributeType<CommentId>("string"), required: true },
          /** A part of all comments, as posts have it. */
          segment: {
            type: "string",
            hidden: true,
            watch: ["commentId"],
            set: (_: unknown, { commentId }: { commentId?: string }) => segmentOf(commentId ?? ""),
          },
          /** Who wrote the post. Moderates, beside the admins. */
          postAuthorId: { type: CustomAttributeType<AccountId>("string"), required: true },
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          /** The person's name at that time. */
          displayName: { type: "string", required: true },
          markdown: { type: "string", required: true },
          html: { type: "string", required: true },
          createdAt: { type: "string", required: true },
          editedAt: { type: "string" },
          /** Rises with every edit. */
          revision: { type: "number", required: true },
          /**
           * Rises with every change of what it says or how it stands, also when that takes it from one place to
           * the other: no two states of a comment have the same. Answers are counted without it.
           */
          version: { type: "number", required: true },
          /** Shown answers to a comment of the first level. */
          answers: { type: "number", required: true },
          /** Nothing is left of it but its place, since somebody answered it. */
          isRemoved: { type: "boolean" },
          reports: { type: "number" },
          /** What moderators have to look at it for. Only those that there is something about stand in the queues. */
          queue: { type: commentStandings, required: true },
        },
        indexes: {
          byPost: { pk: key("pk", ["postId", "place"]), sk: key("sk", ["threadId", "commentId"]) },
          byQueue: {
            index: "gsi1",
            condition: ({ queue }) => queue !== "none",
            pk: key("gsi1pk", ["queue"]),
            sk: key("gsi1sk", ["createdAt", "commentId"]),
          },
          byPostAuthor: {
            index: "gsi2",
            condition: ({ queue }) => queue !== "none",
            pk: key("gsi2pk", ["postAuthorId", "queue"]),
            sk: key("gsi2sk", ["createdAt", "commentId"]),
          },
          byPerson: {
            index: "gsi3",
            pk: key("gsi3pk", ["accountId"]),
            sk: key("gsi3sk", ["createdAt", "commentId"]),
          },
          bySegment: {
            index: "gsi4",
            pk: key("gsi4pk", ["segment"]),
            sk: key("gsi4sk", ["commentId"]),
          },
        },
      },
      table,
    ),
);

export type CommentRow = EntityItem<ReturnType<typeof comments>>;

/** What a comment said before an edit, for moderators. */
export const commentRevisions = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "commentRevision", version: "1" },
        attributes: {
          commentId: { type: CustomAttributeType<CommentId>("string"), required: true },
          revision: { type: "number", required: true },
          markdown: { type: "string", required: true },
          replacedAt: { type: "string", required: true },
        },
        indexes: {
          byComment: { pk: key("pk", ["commentId"]), sk: key("sk", ["revision"]) },
        },
      },
      table,
    ),
);

/** One person's report of one comment. */
export const commentReports = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "commentReport", version: "1" },
        attributes: {
          commentId: { type: CustomAttributeType<CommentId>("string"), required: true },
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          reason: { type: "string", required: true },
          createdAt: { type: "string", required: true },
        },
        indexes: {
          byComment: { pk: key("pk", ["commentId"]), sk: key("sk", ["accountId"]) },
          byPerson: { index: "gsi1", pk: key("gsi1pk", ["accountId"]), sk: key("gsi1sk", ["commentId"]) },
        },
      },
      table,
    ),
);

/** A person as one who comments: whether a moderator ever let a comment through, or wants no more of them. */
export const commenters = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "commenter", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          /** Comments that a moderator let through. */
          approved: { type: "number" },
          /** The person may write no comment. */
          isBanned: { type: "boolean" },
        },
        indexes: {
          byAccount: { pk: key("pk", ["accountId"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);
