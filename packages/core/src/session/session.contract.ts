import * as z from "zod";
import { emailSchema } from "../account/account.contract.ts";
import { defineContract, type Limit, timestampSchema } from "../contract.ts";

const minute = 60;

/**
 * Guessing is slowed down for an e-mail from one address, and does not shut its owner out elsewhere.
 * What passes also keeps the pool's own lock of the account short, which knows no addresses.
 */
const signInLimits: readonly Limit[] = [
  { name: "sign-in", per: "address", quota: 300, windowSeconds: 15 * minute },
  { name: "sign-in", per: "emailFromAddress", quota: 5, windowSeconds: minute },
  { name: "sign-in", per: "emailFromAddress", quota: 20, windowSeconds: 60 * minute },
];

/** Any text that is no password either: the pool compares it, and nothing here says what it should look like. */
const givenPasswordSchema = z.string().min(1).max(256);
const refreshTokenSchema = z.string().min(1).max(4_096);

export const tokensSchema = z
  .strictObject({
    accessToken: z.string(),
    idToken: z.string(),
    refreshToken: z.string(),
    expiresInSeconds: z.number(),
  })
  .meta({ id: "Tokens" });
export type Tokens = z.output<typeof tokensSchema>;

export const signInOutcomeSchema = z
  .discriminatedUnion("outcome", [
    z.strictObject({ outcome: z.literal("signed_in"), tokens: tokensSchema }),
    /** The password is right, and the account has a second factor. */
    z.strictObject({ outcome: z.literal("code_required") }),
    /** The password is right, and the e-mail was never confirmed. */
    z.strictObject({ outcome: z.literal("not_confirmed") }),
  ])
  .meta({ id: "SignInOutcome" });
export type SignInOutcome = z.output<typeof signInOutcomeSchema>;

export const sessionSchema = z
  .strictObject({
    sessionId: z.string(),
    device: z.string(),
    createdAt: timestampSchema,
    lastUsedAt: timestampSchema,
    isCurrent: z.boolean(),
  })
  .meta({ id: "Session" });
export type SessionView = z.output<typeof sessionSchema>;

const done = z.strictObject({});

export const sessionContract = defineContract({
  signIn: {
    method: "POST",
    path: "/sessions",
    auth: "public",
    summary: "Signs in with e-mail and password, and with a code where the account has a second factor.",
    input: z.strictObject({
      email: emailSchema,
      password: givenPasswordSchema,
      /** Six digits of the authenticator app. */
      code: z.string().trim().max(20).optional(),
      /** In place of the app. It is used up and turns the second factor off. */
      recoveryCode: z.string().trim().max(40).optional(),
    }),
    output: signInOutcomeSchema,
    errors: ["unprocessable"],
    limits: signInLimits,
  },
  refresh: {
    method: "POST",
    path: "/sessions/refresh",
    auth: "public",
    summary: "New tokens for a refresh token, which they replace. Parallel calls get the same ones.",
    input: z.strictObject({ refreshToken: refreshTokenSchema }),
    output: tokensSchema,
    errors: [],
    limits: [{ name: "refresh", per: "address", quota: 600, windowSeconds: minute }],
  },
  signOut: {
    method: "POST",
    path: "/sessions/sign-out",
    auth: "public",
    summary: "Ends the session of a refresh token. One that is over already answers alike.",
    input: z.strictObject({ refreshToken: refreshTokenSchema }),
    output: done,
    errors: [],
    limits: [{ name: "refresh", per: "address", quota: 600, windowSeconds: minute }],
  },
  list: {
    method: "GET",
    path: "/sessions",
    auth: "reader",
    summary: "The account's sessions that are not over, last used first. There are at most 100.",
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(sessionSchema) }),
    errors: ["not_found"],
  },
  end: {
    method: "DELETE",
    path: "/sessions/{sessionId}",
    auth: "reader",
    summary: "Ends one session of the account at once.",
    input: z.strictObject({ sessionId: z.string().min(1).max(100) }),
    output: done,
    errors: ["not_found"],
  },
  endAll: {
    method: "POST",
    path: "/sessions/end-all",
    auth: "reader",
    summary: "Signs the account out everywhere, here too, at once.",
    input: z.strictObject({}),
    output: done,
    errors: [],
  },
});
