import * as z from "zod";
import { defineContract, pageInput, pageOf, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { draftSchema, postSettingsSchema } from "../post/post.contract.ts";

/**
 * Why a revision was kept: `writing` now and then while a text changes, `published` and
 * `scheduled` for what readers saw or will see, `restoring` for what a restored one replaced.
 */
export const revisionReasons = ["writing", "published", "scheduled", "restoring"] as const;

export const revisionSummarySchema = z
  .strictObject({
    postId: idSchema("post"),
    revision: z.number().int().min(1),
    reason: z.enum(revisionReasons),
    title: z.string(),
    /** When this was written. */
    savedAt: timestampSchema,
  })
  .meta({ id: "RevisionSummary" });
export const revisionSchema = revisionSummarySchema
  .extend({
    slug: z.string(),
    description: z.string(),
    tags: z.array(z.string()),
    settings: postSettingsSchema,
    markdown: z.string(),
  })
  .meta({ id: "Revision" });
export type RevisionSummary = z.output<typeof revisionSummarySchema>;
export type Revision = z.output<typeof revisionSchema>;

const postId = idSchema("post");
const revision = z.coerce.number<number | string>().int().min(1);

export const revisionContract = defineContract({
  list: {
    method: "GET",
    path: "/author/posts/{postId}/revisions",
    auth: "author",
    summary: "Earlier states of one of the author's posts that were kept, newest first.",
    input: z.strictObject({ postId, ...pageInput }),
    output: pageOf(revisionSummarySchema),
    errors: ["not_found", "gone"],
  },
  read: {
    method: "GET",
    path: "/author/posts/{postId}/revisions/{revision}",
    auth: "author",
    summary: "An earlier state of a post with its Markdown.",
    input: z.strictObject({ postId, revision }),
    output: revisionSchema,
    errors: ["not_found", "gone"],
  },
  restore: {
    method: "POST",
    path: "/author/posts/{postId}/revisions/{revision}/restore",
    auth: "author",
    summary: "Makes an earlier state the draft over the named revision. Readers see nothing of it.",
    input: z.strictObject({ postId, revision, over: z.number().int().min(1) }),
    output: draftSchema,
    errors: ["not_found", "gone", "conflict", "too_large"],
  },
});
