import { emailSchema } from "@haru/core/account/account.contract";
import type { Limit, Route } from "@haru/core/contract";
import type { ActorCore, Core } from "@haru/core/core";
import { type Allowance, refusalOf, spend } from "@haru/core/limit/limit";

/**
 * Counts a request against every limit of its route, one after the other.
 * @throws AppError `rate_limited` after the first limit that is used up; the ones before it have counted
 */
export async function* countRequest(
  core: Core | ActorCore,
  route: Route,
  input: Readonly<Record<string, unknown>>,
): AsyncGenerator<Allowance> {
  for (const limit of route.limits ?? []) {
    const subject = subjectOf(limit, core, input);
    if (subject === undefined) continue;
    const allowance = await spend(core, limit, subject);
    yield allowance;
    if (allowance.isRefused) throw refusalOf(allowance, core.locale);
  }
}

/** Nothing for an e-mail that is none: the verb refuses it, and there is nobody to protect. */
function subjectOf(
  { per }: Limit,
  core: Core | ActorCore,
  input: Readonly<Record<string, unknown>>,
): string | undefined {
  switch (per) {
    case "address":
      return core.caller?.address;
    case "account":
      return "actor" in core ? core.actor.accountId : undefined;
    case "email":
      return emailOf(input);
    case "emailFromAddress": {
      const email = emailOf(input);
      return email && `${email} ${core.caller?.address}`;
    }
  }
}

function emailOf({ email }: Readonly<Record<string, unknown>>): string | undefined {
  return emailSchema.safeParse(email).data;
}
