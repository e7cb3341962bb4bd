import { GlobalSignOutCommand } from "@aws-sdk/client-cognito-identity-provider";
import { accountOf, endSessionsFromBefore, isFromBefore } from "../account/account.ts";
import { accessTokenOf, type PersonPoolCore, poolErrorName } from "../account/user-pool.ts";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import { operation } from "../operation.ts";
import { forgetSubscriptions } from "../push-subscription/push-subscription.ts";
import { endSession } from "./refresh.ts";
import { type SessionView, sessionContract } from "./session.contract.ts";
import { sessions } from "./session.entity.ts";
import { longestIdleSeconds } from "./session-lifetime.ts";

const mostSessions = 100;

export const list = operation(sessionContract.list.input, async (core: ActorCore) => {
  const { accountId } = core.actor;
  const now = core.now().getTime();
  const [account, { data }] = await Promise.all([
    accountOf(core, accountId),
    // All of them, since those that are over stay for weeks: as many as fit into one answer of the table.
    sessions(core).query.byAccount({ accountId }).go(),
  ]);
  const items = data
    .filter(
      (row) =>
        row.endedAt === undefined &&
        !isFromBefore(account, row) &&
        row.expireAt * 1000 > now &&
        Date.parse(row.lastUsedAt) > now - longestIdleSeconds * 1000,
    )
    .sort((a, b) => b.lastUsedAt.localeCompare(a.lastUsedAt))
    .slice(0, mostSessions)
    .map(
      ({ sessionId, device, createdAt, lastUsedAt }): SessionView => ({
        sessionId,
        device,
        createdAt,
        lastUsedAt,
        isCurrent: sessionId === core.caller?.sessionId,
      }),
    );
  return { items };
});

export const end = operation(sessionContract.end.input, async (core: ActorCore, { sessionId }) => {
  if (!(await endSession(core, core.actor.accountId, sessionId))) throw new AppError("not_found");
  return {};
});

export const endAll = operation(sessionContract.endAll.input, async (core: PersonPoolCore) => {
  const AccessToken = accessTokenOf(core);
  await endSessionsFromBefore(core, core.actor.accountId);
  await forgetSubscriptions(core, core.actor.accountId);
  try {
    await core.userPool.client.send(new GlobalSignOutCommand({ AccessToken }));
  } catch (error) {
    // Sent twice: the pool has ended this token with the first one.
    if (poolErrorName(error) !== "NotAuthorizedException") throw error;
  }
  return {};
});

/** Ends the account's sessions but the one that asks, and what their browsers are told. */
export async function endOtherSessions(core: ActorCore): Promise<void> {
  const { accountId } = core.actor;
  const own = core.caller?.sessionId;
  await endSessionsFromBefore(core, accountId, own);
  await forgetSubscriptions(core, accountId, ({ sessionId }) => sessionId === undefined || sessionId !== own);
}
