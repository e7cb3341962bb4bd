import { createHash } from "node:crypto";
import {
  GetTokensFromRefreshTokenCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { accountOf, isFromBefore } from "../account/account.ts";
import { type PoolCore, poolErrorName } from "../account/user-pool.ts";
import { AppError } from "../errors.ts";
import { operation } from "../operation.ts";
import { forgetSubscriptions } from "../push-subscription/push-subscription.ts";
import { isConditionFailed } from "../transaction.ts";
import { sealWith, unsealWith } from "./seal.ts";
import { sessionContract, type Tokens, tokensSchema } from "./session.contract.ts";
import { refreshes, sessions } from "./session.entity.ts";
import { longestIdleSeconds } from "./session-lifetime.ts";
import { tokensOf } from "./sign-in.ts";
import { claimsOf } from "./token-claims.ts";

/** Longer than the pool ever takes; whoever began and died is given up after it. */
const leaseMilliseconds = 10_000;
/** How long a result is handed out again: to requests that were under way with the old token. */
const shareMilliseconds = 60_000;
const waitMilliseconds = 40;

/** What the pool calls a refresh token that opens nothing: over, replaced, nobody's, or none at all. */
const noSession = [
  "InvalidParameterException",
  "NotAuthorizedException",
  "RefreshTokenReuseException",
  "UserNotFoundException",
];

/**
 * New tokens. Several who come with the same refresh token at once, whatever server they meet, lead
 * to one refresh at the pool: the first takes a lease in the table, the others wait for what it leaves
 * there, sealed with the refresh token itself.
 * @throws AppError `unauthenticated` when the session is over
 */
export const refresh = operation(
  sessionContract.refresh.input,
  async (core: PoolCore, { refreshToken }): Promise<Tokens> => {
    const tokenHash = createHash("sha256").update(refreshToken).digest("base64url");
    for (;;) {
      const { data: row } = await refreshes(core).get({ tokenHash }).go({ consistent: true });
      const now = core.now().getTime();
      if (row?.sealed && now < row.leasedUntil) return open(row.sealed, refreshToken);
      if (row && now < row.leasedUntil) await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
      else if (await lease(core, tokenHash, now)) return await renew(core, refreshToken, tokenHash);
    }
  },
);

async function lease(core: PoolCore, tokenHash: string, now: number): Promise<boolean> {
  try {
    await refreshes(core)
      .put({ tokenHash, leasedUntil: now + leaseMilliseconds, expireAt: expiryOf(now) })
      .where((row, is) => `${is.notExists(row.leasedUntil)} OR ${is.lte(row.leasedUntil, now)}`)
      .go();
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

async function renew(core: PoolCore, refreshToken: string, tokenHash: string): Promise<Tokens> {
  try {
    const tokens = await refreshAtPool(core, refreshToken);
    await refuseIfOver(core, tokens);
    await keep(core, tokenHash, sealWith(refreshToken, JSON.stringify(tokens)));
    return tokens;
  } catch (error) {
    // The others hear of it at once instead of waiting for the lease to end.
    if (error instanceof AppError && error.code === "unauthenticated")
      await keep(core, tokenHash, sealWith(refreshToken, "null"));
    else await refreshes(core).delete({ tokenHash }).go();
    throw error;
  }
}

async function keep(core: PoolCore, tokenHash: string, sealed: string): Promise<void> {
  const now = core.now().getTime();
  await refreshes(core)
    .put({ tokenHash, sealed, leasedUntil: now + shareMilliseconds, expireAt: expiryOf(now) })
    .go();
}

function open(sealed: string, refreshToken: string): Tokens {
  const tokens = tokensSchema.nullable().parse(JSON.parse(unsealWith(refreshToken, sealed)));
  if (!tokens) throw new AppError("unauthenticated");
  return tokens;
}

function expiryOf(now: number): number {
  return Math.ceil((now + shareMilliseconds) / 1000);
}

/** The pool itself suspends, signs out everywhere and ends what is 30 days old; the rest is ours. */
async function refuseIfOver(core: PoolCore, tokens: Tokens): Promise<void> {
  const { accountId, sessionId, signedInAtSeconds } = claimsOf(tokens.accessToken);
  const account = await accountOf(core, accountId, { consistent: true }).catch(unlessMissing);
  const session = sessionId
    ? (await sessions(core).get({ accountId, sessionId }).go({ consistent: true })).data
    : undefined;
  const idleSince = core.now().getTime() - longestIdleSeconds * 1000;
  const isOver =
    account?.suspendedAt !== undefined ||
    isFromBefore(account, { sessionId, signedInAtSeconds }) ||
    session?.endedAt !== undefined ||
    (session && Date.parse(session.lastUsedAt) < idleSince);
  if (!isOver) return;
  await revoke(core, tokens.refreshToken);
  throw new AppError("unauthenticated");
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof AppError && error.code === "not_found")) throw error;
}

/** @throws AppError `unauthenticated` when the pool no longer takes the refresh token */
async function refreshAtPool({ userPool }: PoolCore, refreshToken: string): Promise<Tokens> {
  const { client, clientId: ClientId } = userPool;
  try {
    const answer = await client.send(
      new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: refreshToken }),
    );
    return tokensOf(answer.AuthenticationResult ?? {}, refreshToken);
  } catch (error) {
    if (noSession.includes(poolErrorName(error))) throw new AppError("unauthenticated", { cause: error });
    throw error;
  }
}

async function revoke({ userPool }: PoolCore, refreshToken: string): Promise<void> {
  const { client, clientId: ClientId } = userPool;
  await client.send(new RevokeTokenCommand({ ClientId, Token: refreshToken }));
}

/** Ends the session of a refresh token: at the pool, and for the access tokens that are still out. */
export const signOut = operation(
  sessionContract.signOut.input,
  async (core: PoolCore, { refreshToken }): Promise<Record<string, never>> => {
    let tokens: Tokens;
    try {
      // A refresh proves whose session it is; an access token that has expired could not.
      tokens = await refreshAtPool(core, refreshToken);
    } catch (error) {
      if (error instanceof AppError && error.code === "unauthenticated") return {};
      throw error;
    }
    await revoke(core, tokens.refreshToken);
    const { accountId, sessionId } = claimsOf(tokens.accessToken);
    if (sessionId) await endSession(core, accountId, sessionId);
    return {};
  },
);

/** Ends a session, and what its browser is told. Answers whether there was such a session. */
export async function endSession(
  core: Pick<PoolCore, "table" | "now">,
  accountId: `acc_${string}`,
  sessionId: string,
): Promise<boolean> {
  const { data } = await sessions(core).get({ accountId, sessionId }).go({ consistent: true });
  if (!data) return false;
  await forgetSubscriptions(core, accountId, (row) => row.sessionId === sessionId);
  if (data.endedAt === undefined)
    await sessions(core).patch({ accountId, sessionId }).set({ endedAt: core.now().toISOString() }).go();
  return true;
}
