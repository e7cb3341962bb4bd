import * as z from "zod";
import { displayNameSchema, themeSchema } from "../account/account.contract.ts";
import { defineContract, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { localeSchema } from "../locale.ts";
import { avatarSchema } from "../media/picture.contract.ts";
import { multilineText } from "../text.ts";
import { handleSchema } from "./handle.ts";

const day = 24 * 60 * 60;

export const mostBioBytes = 2_000;
export const bioSchema = multilineText({ maxBytes: mostBioBytes });

/** What everybody may know about somebody who writes here. */
export const profileSchema = z
  .strictObject({
    accountId: idSchema("account"),
    /** The one in force, which is another than the one that was asked for after a change. */
    handle: z.string().optional(),
    displayName: z.string(),
    bio: z.string(),
    avatar: avatarSchema.optional(),
    createdAt: timestampSchema,
  })
  .meta({ id: "Profile" });
export type Profile = z.output<typeof profileSchema>;

/** What the person sees beside: how the site should be for them. */
export const ownProfileSchema = profileSchema
  .extend({ locale: localeSchema, theme: themeSchema })
  .meta({ id: "OwnProfile" });
export type OwnProfile = z.output<typeof ownProfileSchema>;

export const profileContract = defineContract({
  read: {
    method: "GET",
    path: "/profiles/{name}",
    auth: "public",
    summary: "A person's public profile by handle, also by one that they gave up, or by account id.",
    input: z.strictObject({ name: z.union([idSchema("account"), handleSchema]) }),
    output: profileSchema,
    errors: ["not_found"],
  },
  own: {
    method: "GET",
    path: "/profile",
    auth: "reader",
    summary: "The profile of the token's account, with its settings.",
    input: z.strictObject({}),
    output: ownProfileSchema,
    errors: ["not_found"],
  },
  update: {
    method: "PUT",
    path: "/profile",
    auth: "reader",
    summary: "Replaces name, text, language and theme of the token's account.",
    input: z.strictObject({
      displayName: displayNameSchema,
      bio: bioSchema,
      locale: localeSchema,
      theme: themeSchema,
    }),
    output: ownProfileSchema,
    errors: ["not_found"],
    limits: [{ name: "profile", per: "account", quota: 60, windowSeconds: 60 * 60 }],
  },
  changeHandle: {
    method: "PUT",
    path: "/profile/handle",
    auth: "reader",
    summary: "Takes a handle. The one before stays reserved and leads to the new one.",
    input: z.strictObject({ handle: handleSchema }),
    output: ownProfileSchema,
    errors: ["not_found", "conflict"],
    limits: [{ name: "handle", per: "account", quota: 10, windowSeconds: day }],
  },
});
