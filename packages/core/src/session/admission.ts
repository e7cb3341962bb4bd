import { accounts } from "../account/account.entity.ts";
import { isFromBefore } from "../account/account.ts";
import type { Actor } from "../actor.ts";
import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { isConditionFailed } from "../transaction.ts";
import { sessions } from "./session.entity.ts";
import { longestSessionSeconds } from "./session-lifetime.ts";

/** A good token of the pool, as the gateway's authorizer read it. */
export interface Bearer extends Actor {
  /** Seconds since 1970. */
  readonly issuedAtSeconds: number;
  /** When the person signed in, which refreshing does not change. Seconds since 1970. */
  readonly signedInAtSeconds: number;
}

/** A session's row says when it was used last to within this time, so that not every request writes. */
const touchEveryMilliseconds = 5 * 60 * 1000;

/**
 * Asks whether somebody with a good token may still come in: the gateway knows only what the token
 * said when it was made. A suspended person, an ended session and tokens from before "sign out
 * everywhere" are refused from the next request on, and a role that was taken is gone at once.
 * @throws AppError `unauthenticated`
 */
export async function admit(core: Core, bearer: Bearer): Promise<Actor> {
  const { accountId, roles, issuedAtSeconds, signedInAtSeconds } = bearer;
  const sessionId = core.caller?.sessionId;
  const [{ data: account }, session] = await Promise.all([
    accounts(core).get({ accountId }).go({ consistent: true }),
    sessionId === undefined
      ? undefined
      : sessions(core)
          .get({ accountId, sessionId })
          .go({ consistent: true })
          .then(({ data }) => data ?? undefined),
  ]);
  // The pool's trigger opens the account; until it has, the verbs find nothing to act on.
  if (!account) return { accountId, roles };
  const isOver =
    account.suspendedAt !== undefined ||
    issuedAtSeconds < (account.tokensValidFromSeconds ?? 0) ||
    isFromBefore(account, { sessionId, signedInAtSeconds }) ||
    session?.endedAt !== undefined;
  if (isOver) throw new AppError("unauthenticated");
  if (sessionId !== undefined) await touch(core, bearer, sessionId, session);
  return { accountId, roles: roles.filter((role) => account.roles.includes(role)) };
}

async function touch(
  core: Core,
  { accountId, signedInAtSeconds }: Bearer,
  sessionId: string,
  known: { readonly lastUsedAt: string } | undefined,
): Promise<void> {
  const now = core.now();
  const lastUsedAt = now.toISOString();
  if (known && now.getTime() - Date.parse(known.lastUsedAt) < touchEveryMilliseconds) return;
  const device = core.caller?.device ?? "?";
  if (known) {
    await sessions(core)
      .patch({ accountId, sessionId })
      .set({ lastUsedAt, device })
      .go()
      .catch(ignoreRefusal);
    return;
  }
  // Of several first requests at once one makes the row; the others find it there.
  const expireAt = Math.floor(now.getTime() / 1000) + longestSessionSeconds;
  await sessions(core)
    .create({
      accountId,
      sessionId,
      device,
      signedInAtSeconds,
      createdAt: lastUsedAt,
      lastUsedAt,
      expireAt,
    })
    .go()
    .catch(ignoreRefusal);
}

/** The row came or went in this moment: then it needs no touch. */
function ignoreRefusal(error: unknown): void {
  if (!isConditionFailed(error)) throw error;
}
