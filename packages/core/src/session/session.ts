import { GlobalSignOutCommand } from "@aws-sdk/client-cognito-identity-provider";
import { endSessionsFromBefore } from "../account/account.ts";
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
  const { data } = await sessions(core).query.byAccount({ accountId }).go({ limit: mostSessions });
  const items = data
    .filter(
      (row) =>
        row.endedAt === undefined &&
        row.expireAt * 1000 > now &&
        Date.parse(row.lastUsedAt) > now - longestIdleSeconds * 1000,
    )
    .sort((a, b) => b.lastUsedAt.localeCompare(a.lastUsedAt))
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

/** Ends the account's sessions but the one that asks. */
export async function endOtherSessions(core: ActorCore): Promise<void> {
  const { items } = await list(core, {});
  const others = items.filter(({ isCurrent }) => !isCurrent);
  await Promise.all(others.map(({ sessionId }) => endSession(core, core.actor.accountId, sessionId)));
}
