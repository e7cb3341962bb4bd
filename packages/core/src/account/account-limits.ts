import type { Limit } from "../contract.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/*
 * Whole schools, offices and mobile carriers share one address, so that limits by address are wide.
 * Those by e-mail are narrow, and what they cost a stranger's victim is at most a mail less.
 */
export const signUpLimits: readonly Limit[] = [
  { name: "sign-up", per: "address", quota: 200, windowSeconds: hour },
  { name: "sign-up", per: "email", quota: 10, windowSeconds: hour },
];

/** A code has six digits: guessing one of them takes more tries than its lifetime allows. */
export const confirmLimits: readonly Limit[] = [
  { name: "confirm", per: "address", quota: 200, windowSeconds: hour },
  { name: "confirm", per: "email", quota: 20, windowSeconds: hour },
];

/** The cool-down between two mails, which the pages count down, and an end to them. */
export const resendCoolDownSeconds = 30;
export const resendLimits: readonly Limit[] = [
  { name: "mail", per: "address", quota: 200, windowSeconds: hour },
  { name: "mail", per: "email", quota: 1, windowSeconds: resendCoolDownSeconds },
  { name: "mail", per: "email", quota: 10, windowSeconds: day },
];

/** Without the cool-down, for what asks for a password too: whoever mistyped that goes on at once. */
export const provenMailLimits: readonly Limit[] = resendLimits.filter(
  ({ windowSeconds }) => windowSeconds !== resendCoolDownSeconds,
);

/** Whoever holds a session may still not try passwords or codes at will. */
export const proofLimits: readonly Limit[] = [
  { name: "proof", per: "account", quota: 10, windowSeconds: 15 * minute },
];
