import * as z from "zod";
import { defineContract, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { localeSchema } from "../locale.ts";
import { headingSchema, postSettingsSchema } from "../post/post.contract.ts";

/** Days that a link may be good for. */
export const previewLinkDays = [1, 7, 30] as const;

/** Links that one post may have at a time. */
export const mostPreviewLinks = 20;

/** 128 random bits. Whoever knows it may read the draft. */
const tokenSchema = z.string().regex(/^[\w-]{22}$/);

export const previewLinkSchema = z
  .strictObject({ token: tokenSchema, createdAt: timestampSchema, expiresAt: timestampSchema })
  .meta({ id: "PreviewLink" });
export type PreviewLink = z.output<typeof previewLinkSchema>;

/** A draft as readers would see it. `html` is safe by construction. */
export const sharedDraftSchema = z
  .strictObject({
    lang: localeSchema,
    title: z.string(),
    description: z.string(),
    tags: z.array(z.string()),
    settings: postSettingsSchema,
    author: z.strictObject({ accountId: idSchema("account"), displayName: z.string() }),
    updatedAt: timestampSchema,
    expiresAt: timestampSchema,
    readingMinutes: z.number().int().min(1),
    html: z.string(),
    headings: z.array(headingSchema),
  })
  .meta({ id: "SharedDraft" });
export type SharedDraft = z.output<typeof sharedDraftSchema>;

const postId = idSchema("post");

export const previewLinkContract = defineContract({
  create: {
    method: "POST",
    path: "/author/posts/{postId}/preview-links",
    auth: "author",
    summary: "Makes a private address at which the draft can be read for some days.",
    input: z.strictObject({ postId, days: z.literal(previewLinkDays) }),
    output: previewLinkSchema,
    status: 201,
    errors: ["not_found", "gone", "conflict"],
  },
  list: {
    method: "GET",
    path: "/author/posts/{postId}/preview-links",
    auth: "author",
    summary: "The private addresses of a post that are good now.",
    input: z.strictObject({ postId }),
    output: z.strictObject({ items: z.array(previewLinkSchema) }),
    errors: ["not_found", "gone"],
  },
  withdraw: {
    method: "DELETE",
    path: "/author/posts/{postId}/preview-links/{token}",
    auth: "author",
    summary: "Ends a private address at once. One that has ended already is no error.",
    input: z.strictObject({ postId, token: tokenSchema }),
    output: z.strictObject({ items: z.array(previewLinkSchema) }),
    errors: ["not_found", "gone"],
  },
  open: {
    method: "GET",
    path: "/preview-links/{postId}/{token}",
    auth: "public",
    summary: "The draft behind a private address, as it is now.",
    input: z.strictObject({ postId, token: tokenSchema }),
    output: sharedDraftSchema,
    errors: ["not_found", "unprocessable"],
    limits: [{ name: "preview-link", per: "address", quota: 300, windowSeconds: 60 }],
  },
});
