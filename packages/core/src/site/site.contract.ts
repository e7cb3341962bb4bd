import * as z from "zod";
import { defineContract } from "../contract.ts";
import { type Locale, localeSchema } from "../locale.ts";
import { plainText } from "../text.ts";

/** A path of the site or a whole address; nothing that a browser would run. */
const addressPattern = /^(?:\/(?![/\\])|https:\/\/)[^\s"'<>\\]*$/;
const hubPattern = /^https:\/\/[^\s"'<>\\]+$/;
const wholeAddressPattern = /^(?:https:\/\/|mailto:)[^\s"'<>\\]+$/;

export const mostMenuLinks = 6;
export const mostSocialLinks = 8;

const labelSchema = plainText({ min: 1, max: 40 });
const addressSchema = z.string().trim().max(500);

/** What the site calls itself in one language. Where a word is empty, the product's own stands. */
const siteWordsSchema = z.strictObject({
  title: plainText({ max: 60 }),
  description: plainText({ max: 200 }),
  /** Beside the site's own menu, in this order. */
  navigation: z
    .array(z.strictObject({ label: labelSchema, href: addressSchema.regex(addressPattern) }))
    .max(mostMenuLinks),
});
export type SiteLink = z.output<typeof siteWordsSchema>["navigation"][number];

/** Whose comments wait for a moderator: nobody's but those with many links, the first of each person, all. */
export const commentApprovals = ["none", "first", "all"] as const;

const commentPolicySchema = z
  .strictObject({
    approval: z.enum(commentApprovals).default("first"),
    /** Posts that were published so many days ago take no comments any more; 0 for never. */
    closeAfterDays: z.coerce.number<number | string>().int().min(0).max(3_650).default(0),
  })
  .meta({ id: "CommentPolicy" });
export type CommentPolicy = z.output<typeof commentPolicySchema>;

const siteFields = {
  words: z.strictObject({ ko: siteWordsSchema, en: siteWordsSchema } satisfies Record<Locale, z.ZodType>),
  /** Where the author is found elsewhere, at the foot of every page. */
  socialLinks: z
    .array(z.strictObject({ label: labelSchema, href: addressSchema.regex(wholeAddressPattern) }))
    .max(mostSocialLinks),
  /** For visitors whose browser asks for neither language. */
  defaultLocale: localeSchema,
  comments: commentPolicySchema.prefault({}),
  /** The WebSub hub that is told of new posts and named by every feed. Empty for none. */
  feedHub: addressSchema
    .refine((hub) => hub === "" || (hubPattern.test(hub) && URL.canParse(hub)), { params: { rule: "hub" } })
    .default(""),
};

export const siteSettingsSchema = z
  .strictObject({
    ...siteFields,
    /** Rises with every change; 0 while nobody has changed anything. */
    revision: z.number().int().min(0),
  })
  .meta({ id: "SiteSettings" });
export type SiteSettings = z.output<typeof siteSettingsSchema>;

export const siteContract = defineContract({
  read: {
    method: "GET",
    path: "/site",
    auth: "public",
    summary:
      "What the site calls itself, where its menu leads, the language that it falls back to, how it takes comments, and the hub of its feeds.",
    input: z.strictObject({}),
    output: siteSettingsSchema,
    errors: [],
  },
  update: {
    method: "PUT",
    path: "/site",
    auth: "admin",
    summary: "Replaces the site's settings of the named revision. The same change sent twice is one change.",
    input: z.strictObject({ ...siteFields, revision: z.number().int().min(0) }),
    output: siteSettingsSchema,
    errors: ["conflict"],
  },
});
