import type { TransactWriteItem } from "electrodb";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import type { ListId } from "../id.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { logSeconds } from "./scene.ts";
import { todoLimits } from "./todo.contract.ts";
import { listChanges, lists } from "./todo.entity.ts";

const attempts = 8;

/**
 * Changes who sees a list, as the list's next change: so it cannot fall between a push's reads and
 * its write, the count of members stays right, and every member's device hears of it.
 * @param growth members who come, or who go when it is negative
 * @param plan judges and answers the items of the transaction, anew with each try; undefined when nothing is left to do
 * @throws AppError `not_found` for a list that is not there, `unprocessable` when it is full, `unavailable` when it stays busy
 */
export async function changeSharing(
  core: ActorCore,
  listId: ListId,
  growth: number,
  plan: () => Promise<readonly TransactWriteItem[] | undefined>,
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const items = await plan();
    if (!items) return;
    const { data: list } = await lists(core).get({ listId }).go({ consistent: true });
    if (!list || list.deletedAt) throw new AppError("not_found");
    const memberCount = list.memberCount + growth;
    if (growth > 0 && memberCount > todoLimits.membersPerList)
      throw new AppError("unprocessable", { message: ruleSentence("list_full", core.locale) });
    const seq = list.seq + 1;
    const at = core.now().toISOString();
    const expireAt = Math.floor(core.now().getTime() / 1000) + logSeconds;
    const mutationId = core.newId("mutation");
    const { written } = await commit(core, [
      inTransaction(lists(core))
        .put({ ...list, seq, memberCount })
        .where((row, { eq }) => eq(row.seq, list.seq))
        .commit(),
      inTransaction(listChanges(core)).put({ listId, seq, mutationId, at, expireAt }).commit(),
      ...items,
    ]);
    if (written) return;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
  }
  throw new AppError("unavailable");
}
