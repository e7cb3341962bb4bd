import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { accounts } from "../account/account.entity.ts";
import { poolErrorName, type SitePoolCore } from "../account/user-pool.ts";
import type { ActorCore } from "../core.ts";
import type { AccountId } from "../id.ts";
import { auditItem } from "../person/audit.ts";
import type { ZipStore } from "../takeout/takeout.ts";
import { commit, inTransaction } from "../transaction.ts";
import { closures } from "./closure.entity.ts";

/** Accounts that one run takes on. The next one goes on with the others. */
const mostAccounts = 10;

/** What became of one account whose time had come. */
export interface Closed {
  readonly accountId: AccountId;
  readonly outcome: "erased" | "gone" | "kept" | "failed";
  /** Set when it failed. It stays due, and the next run tries again. */
  readonly error?: unknown;
}

/** A core that acts for somebody who leaves, with the right to administer the pool. */
export type ClosingCore = SiteCore & ActorCore;

/** Reaches every store that an account has something in. */
export interface SiteCore extends SitePoolCore {
  readonly zips: ZipStore;
}

/** Deletes the accounts whose time has come. It is safe to run late, twice, or twice at once. */
export async function closeWhatIsDue(core: SiteCore): Promise<Closed[]> {
  const nextMillisecond = new Date(core.now().getTime() + 1).toISOString();
  const done: Closed[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readSome>> = await readSome(core, nextMillisecond, cursor);
    for (const { accountId, closesAt } of page.data) {
      const closing: ClosingCore = { ...core, actor: { accountId, roles: ["reader", "author"] } };
      try {
        done.push({ accountId, outcome: await close(closing, closesAt) });
      } catch (error) {
        done.push({ accountId, outcome: "failed", error });
      }
    }
    cursor = page.cursor;
    // What fails or is kept stays due, and keeps nobody behind it from their time.
  } while (cursor !== null && done.filter(hasEnded).length < mostAccounts);
  return done;
}

function readSome(core: SiteCore, before: string, cursor: string | null) {
  return closures(core)
    .query.inOrder({})
    .lt({ closesAt: before })
    .go({ limit: mostAccounts, cursor, consistent: true });
}

function hasEnded({ outcome }: Closed): boolean {
  return outcome === "erased" || outcome === "gone";
}

/**
 * Shuts the person out, then erases. Indexes lag behind the table, so that only a run that finds nothing
 * any more is the last one: the account goes with it, and until then the next run looks again.
 */
async function close(core: ClosingCore, closesAt: string): Promise<Closed["outcome"]> {
  const { accountId } = core.actor;
  const { data: account } = await accounts(core).get({ accountId }).go({ consistent: true });
  // Kept after all, or made an administrator in the meantime.
  if (account && (account.closesAt !== closesAt || account.roles.includes("admin"))) return "kept";
  if (account) await shutOut(core, account.suspendedAt);
  // Nearly all runs find nobody whose time has come.
  const { erasures } = await import("./erasures.ts");
  let found = 0;
  for (const erase of erasures) found += await erase(core);
  if (found > 0) return "erased";
  await atPool(core, (named) => new AdminDeleteUserCommand(named));
  await commit(core, [
    inTransaction(accounts(core)).delete({ accountId }).commit(),
    inTransaction(closures(core)).delete({ closesAt, accountId }).commit(),
    // It says that somebody left, and when; the account that it names is no more.
    auditItem(core, { action: "account_deleted", targetId: accountId }),
  ]);
  return "gone";
}

async function shutOut(core: ClosingCore, suspendedAt: string | undefined): Promise<void> {
  const { accountId } = core.actor;
  if (suspendedAt === undefined)
    await accounts(core).patch({ accountId }).set({ suspendedAt: core.now().toISOString() }).go();
  await atPool(core, (named) => new AdminDisableUserCommand(named));
  await atPool(core, (named) => new AdminUserGlobalSignOutCommand(named));
}

type PoolCommand = AdminDeleteUserCommand | AdminDisableUserCommand | AdminUserGlobalSignOutCommand;
type Named = AdminDeleteUserCommand["input"];

/** Does something to the person at the pool, who may be gone already. */
async function atPool(
  { actor, userPool: { client, poolId: UserPoolId } }: ClosingCore,
  command: (named: Named) => PoolCommand,
): Promise<void> {
  try {
    // Each command answers in its own way, and none of them says anything here.
    await client.send(
      command({ UserPoolId, Username: actor.accountId.slice("acc_".length) }) as AdminDeleteUserCommand,
    );
  } catch (error) {
    if (poolErrorName(error) !== "UserNotFoundException") throw error;
  }
}
