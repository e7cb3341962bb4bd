import * as z from "zod";
import { codeSchema, emailSchema, passwordSchema } from "../account/account.contract.ts";
import { confirmLimits, proofLimits, provenMailLimits, resendLimits } from "../account/account-limits.ts";
import { defineContract } from "../contract.ts";

const done = z.strictObject({});

/** The password in force. The pool compares it; nothing here says what it should look like. */
export const currentPasswordSchema = z.string().min(1).max(256);

export const credentialContract = defineContract({
  forgotPassword: {
    method: "POST",
    path: "/credentials/forgot-password",
    auth: "public",
    summary: "Mails a code for a new password. Answers alike whether or not the e-mail is known.",
    input: z.strictObject({ email: emailSchema }),
    output: done,
    status: 202,
    takesEvenTime: true,
    errors: [],
    limits: resendLimits,
  },
  resetPassword: {
    method: "POST",
    path: "/credentials/reset-password",
    auth: "public",
    summary: "Sets a new password with the code that was mailed, and signs out everywhere.",
    input: z.strictObject({ email: emailSchema, code: codeSchema, password: passwordSchema }),
    output: done,
    errors: ["unprocessable"],
    limits: confirmLimits,
  },
  changePassword: {
    method: "PUT",
    path: "/credentials/password",
    auth: "reader",
    summary: "Replaces the password and ends the account's other sessions.",
    input: z.strictObject({ currentPassword: currentPasswordSchema, password: passwordSchema }),
    output: done,
    errors: ["unprocessable"],
    limits: proofLimits,
  },
  changeEmail: {
    method: "PUT",
    path: "/credentials/email",
    auth: "reader",
    summary: "Mails a code to a new e-mail. The one in force stays until the code was entered.",
    input: z.strictObject({ currentPassword: currentPasswordSchema, email: emailSchema }),
    output: done,
    status: 202,
    takesEvenTime: true,
    errors: ["unprocessable"],
    limits: [...proofLimits, ...provenMailLimits],
  },
  confirmEmail: {
    method: "POST",
    path: "/credentials/email/confirm",
    auth: "reader",
    summary: "Makes the new e-mail the account's with the code that was mailed to it.",
    input: z.strictObject({ code: codeSchema }),
    output: z.strictObject({ email: z.email() }),
    errors: ["unprocessable", "not_found"],
    limits: proofLimits,
  },
});
