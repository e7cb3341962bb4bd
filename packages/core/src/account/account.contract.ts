import * as z from "zod";
import { defineContract, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { localeSchema } from "../locale.ts";
import { plainText } from "../text.ts";
import { confirmLimits, resendLimits, signUpLimits } from "./account-limits.ts";
import { isCommonPassword } from "./common-password.ts";

/** The groups of the user pool. Later ones may do all that earlier ones may. */
export const roles = ["reader", "author", "admin"] as const;
export const roleSchema = z.enum(roles);
export type Role = (typeof roles)[number];

/** How light the pages are; `system` follows the device. */
export const themes = ["system", "light", "dark"] as const;
export const themeSchema = z.enum(themes);

export const emailSchema = z
  .string()
  .normalize("NFKC")
  .trim()
  .toLowerCase()
  .max(254)
  .meta({ format: "email" })
  .pipe(z.email());

/** What the pool's policy demands, said in the same terms. The pool is the judge; this spares a round trip. */
export const passwordPolicy = {
  minimumLength: 8,
  lowercase: /[a-z]/,
  uppercase: /[A-Z]/,
  digit: /[0-9]/,
};
export const passwordSchema = z
  .string()
  .min(passwordPolicy.minimumLength)
  .max(256)
  .refine((text) => passwordPolicy.lowercase.test(text), { params: { rule: "password_lowercase" } })
  .refine((text) => passwordPolicy.uppercase.test(text), { params: { rule: "password_uppercase" } })
  .refine((text) => passwordPolicy.digit.test(text), { params: { rule: "password_digit" } })
  .refine((text) => !isCommonPassword(text), { params: { rule: "password_common" } });

/** Six digits that were mailed. */
export const codeSchema = z
  .string()
  .trim()
  .refine((text) => /^\d{6}$/.test(text), { params: { rule: "code" } })
  .meta({ pattern: "^\\d{6}$" });

/**
 * A name that looks like what it is: nothing that turns the direction of text or has no width, but
 * what joins the parts of an emoji, and not made of such characters alone.
 */
export const displayNameSchema = plainText({ min: 1, max: 50 }).refine(
  (text) =>
    !/(?!\u200d|\ufe0e|\ufe0f)\p{Default_Ignorable_Code_Point}/u.test(text) &&
    /[^\p{Default_Ignorable_Code_Point}\s]/u.test(text),
  { params: { rule: "control_characters" } },
);

export const accountSchema = z
  .strictObject({
    accountId: idSchema("account"),
    email: z.email(),
    displayName: z.string(),
    locale: localeSchema,
    handle: z.string().optional(),
    roles: z.array(roleSchema),
    createdAt: timestampSchema,
  })
  .meta({ id: "Account" });
export type Account = z.output<typeof accountSchema>;

const acceptedSchema = z.strictObject({});

export const accountContract = defineContract({
  signUp: {
    method: "POST",
    path: "/account/sign-up",
    auth: "public",
    summary: "Opens an account and mails a code. Answers alike whether or not the e-mail is known.",
    input: z.strictObject({
      email: emailSchema,
      password: passwordSchema,
      displayName: displayNameSchema,
      locale: localeSchema,
    }),
    output: acceptedSchema,
    status: 202,
    takesEvenTime: true,
    errors: [],
    limits: signUpLimits,
  },
  confirm: {
    method: "POST",
    path: "/account/confirm",
    auth: "public",
    summary: "Confirms an e-mail with the code that was mailed to it.",
    input: z.strictObject({
      email: emailSchema,
      code: codeSchema,
    }),
    output: acceptedSchema,
    errors: ["unprocessable"],
    limits: confirmLimits,
    countedAs: "SignUps",
  },
  resendCode: {
    method: "POST",
    path: "/account/resend-code",
    auth: "public",
    summary: "Mails a new code. Answers alike whether or not the e-mail is known.",
    input: z.strictObject({ email: emailSchema }),
    output: acceptedSchema,
    status: 202,
    takesEvenTime: true,
    errors: [],
    limits: resendLimits,
  },
  current: {
    method: "GET",
    path: "/account",
    auth: "reader",
    summary: "The account of the token.",
    input: z.strictObject({}),
    output: accountSchema,
    errors: ["not_found"],
  },
});
