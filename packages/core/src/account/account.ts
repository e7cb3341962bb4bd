import * as z from "zod";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { type AccountId, idSchema } from "../id.ts";
import { localeSchema } from "../locale.ts";
import { operation } from "../operation.ts";
import { commit, inTransaction } from "../transaction.ts";
import {
  type Account,
  accountContract,
  displayNameSchema,
  emailSchema,
  roleSchema,
} from "./account.contract.ts";
import { accounts } from "./account.entity.ts";
import { initialOf } from "./email-initial.ts";

/** What the pool knows about a person who proved to own an e-mail. */
const openInput = z.strictObject({
  accountId: idSchema("account"),
  email: emailSchema,
  displayName: displayNameSchema,
  locale: localeSchema,
  roles: z.array(roleSchema).default(["reader"]),
});

/** Opens an account. The same person again changes nothing, so the pool's triggers may repeat it. */
export const open = operation(openInput, async (core: Core, input) => {
  const account = { ...input, createdAt: core.now().toISOString() };
  await commit(core, [inTransaction(accounts(core)).create(account).commit()]);
});

export async function isOpen(core: Core, accountId: AccountId): Promise<boolean> {
  const { data } = await accounts(core).get({ accountId }).go({ consistent: true });
  return data !== null;
}

export const current = operation(accountContract.current.input, async (core: ActorCore): Promise<Account> => {
  const { accountId, email, displayName, locale, handle, createdAt } = await accountOf(
    core,
    core.actor.accountId,
  );
  const roles = [...core.actor.roles];
  return { accountId, email, displayName, locale, ...(handle ? { handle } : {}), roles, createdAt };
});

/** @throws AppError `not_found` when the pool's trigger has not opened the account, which signing in again repeats */
export async function accountOf(core: Core, accountId: AccountId, options: { consistent?: boolean } = {}) {
  const { data } = await accounts(core)
    .get({ accountId })
    .go(options.consistent ? { consistent: true } : {});
  if (!data) throw new AppError("not_found");
  return data;
}

/** The account of an e-mail; nothing when nobody has it. */
export async function accountIdByEmail(core: Core, email: string): Promise<AccountId | undefined> {
  const { data } = await accounts(core)
    .query.byEmail({ emailInitial: initialOf(email), email })
    .go({ limit: 1 });
  return data.find((row) => row.email === email)?.accountId;
}

/**
 * Ends every session that the account has now, for the API at once and for the pool at the next refresh.
 * It is one write, however many there are, and meets those that nobody has heard of yet.
 * @param keptSessionId one that goes on
 */
export async function endSessionsFromBefore(
  core: Core,
  accountId: AccountId,
  keptSessionId?: string,
): Promise<void> {
  // Tokens count in whole seconds: a sign-in in this very second is over too.
  const sessionsValidFromSeconds = Math.floor(core.now().getTime() / 1000) + 1;
  const ended = accounts(core).patch({ accountId }).set({ sessionsValidFromSeconds });
  await (keptSessionId ? ended.set({ keptSessionId }) : ended.remove(["keptSessionId"])).go();
}

/** Whether a sign-in is over because the account ended those from before. */
export function isFromBefore(
  account: { readonly sessionsValidFromSeconds?: number; readonly keptSessionId?: string } | undefined,
  signIn: { readonly sessionId: string | undefined; readonly signedInAtSeconds: number },
): boolean {
  const { sessionsValidFromSeconds = 0, keptSessionId } = account ?? {};
  const isKept = keptSessionId !== undefined && signIn.sessionId === keptSessionId;
  return signIn.signedInAtSeconds < sessionsValidFromSeconds && !isKept;
}
