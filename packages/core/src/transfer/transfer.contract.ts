import * as z from "zod";
import { defineContract, pageInput, pageOf, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { postContract, postSettingsSchema } from "../post/post.contract.ts";

const { lang, title, slug, description, tags, markdown } = postContract.create.input.shape;
const text = { title, slug, description, tags, markdown };

/** A post as it travels between sites: what readers see of it, and what its author has written since. */
export const transferredPostSchema = z
  .strictObject({
    /** Those of the site that it comes from. They are kept where they are free, so that feeds and links keep their meaning. */
    postId: idSchema("post").optional(),
    workId: idSchema("work").optional(),
    lang,
    ...text,
    /** Those of the post stay as they are when none are given. */
    settings: postSettingsSchema.optional(),
    /** Saved and not published. */
    isDraft: z.boolean(),
    /** Without one the post gets the time of its first import. */
    publishedAt: timestampSchema.optional(),
    /** When readers last saw it change. */
    updatedAt: timestampSchema.optional(),
    /** Written since it was published, and for its author alone. */
    changes: z.strictObject({ ...text, settings: postSettingsSchema }).optional(),
  })
  .meta({ id: "TransferredPost" });
export type TransferredPost = z.output<typeof transferredPostSchema>;

/**
 * - `imported`: it is new here, or an earlier import had not come to its end
 * - `updated`: it was imported before and the file has changed since
 * - `unchanged`: it is here already
 * - `edited`: it was changed on the site since its import, so it was left alone
 */
export const importOutcomes = ["imported", "updated", "unchanged", "edited"] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

/** Two texts of 300 kB a post at most have to fit into one answer. */
const mostExportedPosts = 5;

export const transferContract = defineContract({
  exportPosts: {
    method: "GET",
    path: "/author/export",
    auth: "author",
    summary:
      "The author's own posts with all that a site needs to show them again. Deleted ones stay behind.",
    input: z.strictObject({
      cursor: pageInput.cursor,
      limit: z.coerce
        .number<number | string>()
        .int()
        .min(1)
        .max(mostExportedPosts)
        .default(mostExportedPosts),
    }),
    output: pageOf(transferredPostSchema),
    errors: [],
  },
  importPost: {
    method: "POST",
    path: "/author/import",
    auth: "author",
    summary:
      "Makes a post of the author what a file says, and does nothing when it is that already. A rehearsal says what would happen and changes nothing.",
    input: transferredPostSchema.extend({ isRehearsal: z.boolean().default(false) }),
    output: z.strictObject({ outcome: z.enum(importOutcomes) }),
    errors: ["conflict", "gone", "too_large", "unprocessable"],
  },
});
