import { createHash, ECDH } from "node:crypto";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { AccountId } from "../id.ts";
import { operation } from "../operation.ts";
import { longestIdleSeconds } from "../session/session-lifetime.ts";
import { commit, inTransaction } from "../transaction.ts";
import { mostSubscriptions, pushSubscriptionContract } from "./push-subscription.contract.ts";
import { pushSubscriptions } from "./push-subscription.entity.ts";

type PushSubscriptionRow = Awaited<ReturnType<typeof rowsOf>>[number];

/** What a message to a browser needs. */
export type Subscription = Pick<PushSubscriptionRow, "endpointHash" | "endpoint" | "p256dh" | "auth">;

/** A core that knows the site's key for push services. */
export interface PushKeyCore extends ActorCore {
  readonly applicationServerKey: string;
}

export const read = operation(pushSubscriptionContract.read.input, async (core: PushKeyCore) => {
  const nowSeconds = core.now().getTime() / 1000;
  const rows = await rowsOf(core, core.actor.accountId);
  const browsers = rows.slice(0, mostSubscriptions).filter(({ expireAt }) => expireAt > nowSeconds).length;
  return { applicationServerKey: core.applicationServerKey, browsers };
});

export const subscribe = operation(
  pushSubscriptionContract.subscribe.input,
  async (core: ActorCore, { endpoint, p256dh, auth }) => {
    requirePoint(p256dh);
    const { accountId } = core.actor;
    const now = core.now();
    const sessionId = core.caller?.sessionId;
    await pushSubscriptions(core)
      .put({
        endpointHash: endpointHashOf(endpoint),
        accountId,
        ...(sessionId ? { sessionId } : {}),
        endpoint,
        p256dh,
        auth,
        renewedAt: now.toISOString(),
        // A browser that nobody opened for as long would have to sign in again.
        expireAt: Math.floor(now.getTime() / 1000) + longestIdleSeconds,
      })
      .go();
    const others = (await rowsOf(core, accountId)).slice(mostSubscriptions);
    await Promise.all(others.map((row) => forget(core, row)));
    return {};
  },
);

export const unsubscribe = operation(
  pushSubscriptionContract.unsubscribe.input,
  async (core: ActorCore, { endpointHash }) => {
    await forget(core, { endpointHash, accountId: core.actor.accountId });
    return {};
  },
);

/** Browsers to tell somebody on. Each is asked for again by its key, since the index tells late whose it has become. */
export async function subscriptionsOf(core: Core, accountId: AccountId): Promise<Subscription[]> {
  const found = (await rowsOf(core, accountId)).slice(0, mostSubscriptions);
  const rows = await Promise.all(
    found.map(({ endpointHash }) => pushSubscriptions(core).get({ endpointHash }).go({ consistent: true })),
  );
  const nowSeconds = core.now().getTime() / 1000;
  return rows.flatMap(({ data }) =>
    data && data.accountId === accountId && data.expireAt > nowSeconds ? [data] : [],
  );
}

/**
 * Forgets the browsers of somebody.
 * @param isMeant which of them; absent for all
 */
export async function forgetSubscriptions(
  core: Pick<Core, "table">,
  accountId: AccountId,
  isMeant: (row: Pick<PushSubscriptionRow, "sessionId">) => boolean = () => true,
): Promise<number> {
  const rows = (await rowsOf(core, accountId)).filter(isMeant);
  await Promise.all(rows.map((row) => forget(core, row)));
  return rows.length;
}

/** Forgets a browser of somebody; that it is somebody else's by now, or gone, changes nothing. */
export async function forget(
  core: Pick<Core, "table">,
  { endpointHash, accountId }: { readonly endpointHash: string; readonly accountId: AccountId },
): Promise<void> {
  await commit(core, [
    inTransaction(pushSubscriptions(core))
      .delete({ endpointHash })
      .where((row, { eq }) => eq(row.accountId, accountId))
      .commit(),
  ]);
}

/** Those that were renewed last come first; a few more than there may be, since an index is late. */
async function rowsOf(core: Pick<Core, "table">, accountId: AccountId) {
  const { data } = await pushSubscriptions(core)
    .query.byAccount({ accountId })
    .go({ limit: 3 * mostSubscriptions, order: "desc" });
  return data;
}

function endpointHashOf(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("base64url");
}

/** A point beside the curve could not be encrypted to. */
function requirePoint(p256dh: string): void {
  try {
    ECDH.convertKey(p256dh, "prime256v1", "base64url", "hex", "compressed");
  } catch {
    throw new AppError("unprocessable");
  }
}
