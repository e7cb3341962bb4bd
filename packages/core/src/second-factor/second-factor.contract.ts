import * as z from "zod";
import { proofLimits } from "../account/account-limits.ts";
import { defineContract } from "../contract.ts";
import { currentPasswordSchema } from "../credential/credential.contract.ts";

const proof = z.strictObject({ currentPassword: currentPasswordSchema });

/** Shown once: only digests of them are kept. */
const recoveryCodesSchema = z.strictObject({ recoveryCodes: z.array(z.string()) });

/** Six digits of an authenticator app. */
const appCodeSchema = z
  .string()
  .trim()
  .refine((text) => /^\d{6}$/.test(text), { params: { rule: "totp_refused" } })
  .meta({ pattern: "^\\d{6}$" });

export const secondFactorContract = defineContract({
  read: {
    method: "GET",
    path: "/second-factor",
    auth: "reader",
    summary: "Whether signing in asks for a code, and how many recovery codes there are.",
    input: z.strictObject({}),
    output: z.strictObject({ isOn: z.boolean(), recoveryCodesLeft: z.int() }),
    errors: [],
  },
  begin: {
    method: "POST",
    path: "/second-factor/secret",
    auth: "reader",
    summary: "A secret for an authenticator app. Nothing changes before a code of the app was sent back.",
    input: proof,
    output: z.strictObject({
      /** Base 32, as apps take it. */
      secret: z.string(),
      /** The same as an `otpauth:` address, for a QR code. */
      address: z.string(),
    }),
    errors: ["unprocessable", "conflict"],
    limits: proofLimits,
  },
  turnOn: {
    method: "PUT",
    path: "/second-factor",
    auth: "reader",
    summary: "Turns the second factor on with a code of the app, and answers with new recovery codes.",
    input: z.strictObject({ code: appCodeSchema }),
    output: recoveryCodesSchema,
    errors: ["unprocessable", "conflict"],
    limits: proofLimits,
  },
  turnOff: {
    method: "POST",
    path: "/second-factor/off",
    auth: "reader",
    summary: "Turns the second factor off. Its recovery codes are void.",
    input: proof,
    output: z.strictObject({}),
    errors: ["unprocessable"],
    limits: proofLimits,
  },
  renewRecoveryCodes: {
    method: "POST",
    path: "/second-factor/recovery-codes",
    auth: "reader",
    summary: "New recovery codes in place of all earlier ones.",
    input: proof,
    output: recoveryCodesSchema,
    errors: ["unprocessable", "conflict"],
    limits: proofLimits,
  },
});
