import { accounts } from "../account/account.entity.ts";
import { accountOf, endSessionsFromBefore } from "../account/account.ts";
import type { PersonPoolCore } from "../account/user-pool.ts";
import type { ActorCore } from "../core.ts";
import { provePassword } from "../credential/prove-password.ts";
import { AppError } from "../errors.ts";
import { operation } from "../operation.ts";
import { forgetSubscriptions } from "../push-subscription/push-subscription.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { closureContract, graceDays } from "./closure.contract.ts";
import { closures } from "./closure.entity.ts";

const graceMilliseconds = graceDays * 24 * 60 * 60 * 1000;

export const read = operation(closureContract.read.input, async (core: ActorCore) =>
  stateOf((await accountOf(core, core.actor.accountId, { consistent: true })).closesAt),
);

/**
 * Sent again it changes nothing: the first time counts. Administrators give their role up first, so
 * that a site cannot lose its last one this way.
 */
export const request = operation(
  closureContract.request.input,
  async (core: PersonPoolCore, { currentPassword }) => {
    const { accountId } = core.actor;
    await provePassword(core, currentPassword);
    const account = await accountOf(core, accountId, { consistent: true });
    if (account.closesAt) return stateOf(account.closesAt);
    if (account.roles.includes("admin"))
      throw new AppError("unprocessable", { message: ruleSentence("admin_closes", core.locale) });
    const closesAt = new Date(core.now().getTime() + graceMilliseconds).toISOString();
    const { written } = await commit(core, [
      inTransaction(accounts(core))
        .patch({ accountId })
        .set({ closesAt })
        // Neither asked for elsewhere nor made an administrator since it was read.
        .where((row, is) => `${is.notExists(row.closesAt)} AND ${is.eq(row.roles, account.roles)}`)
        .commit(),
      inTransaction(closures(core)).create({ closesAt, accountId }).commit(),
    ]);
    if (!written) throw new AppError("conflict");
    await endSessionsFromBefore(core, accountId);
    await forgetSubscriptions(core, accountId);
    return stateOf(closesAt);
  },
);

export const cancel = operation(closureContract.cancel.input, async (core: ActorCore) => {
  const { accountId } = core.actor;
  const { closesAt } = await accountOf(core, accountId, { consistent: true });
  if (closesAt)
    await commit(core, [
      inTransaction(accounts(core))
        .patch({ accountId })
        .remove(["closesAt"])
        .where((row, { eq }) => eq(row.closesAt, closesAt))
        .commit(),
      inTransaction(closures(core)).delete({ closesAt, accountId }).commit(),
    ]);
  return stateOf(undefined);
});

function stateOf(closesAt: string | undefined) {
  return closesAt ? { closesAt } : {};
}
