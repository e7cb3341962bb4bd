import { deleteAll, eachPage } from "../closure/erase.ts";
import type { Core } from "../core.ts";
import type { AccountId, ListId } from "../id.ts";
import { restorableSeconds } from "./todo.contract.ts";
import { listChanges, listInvitations, listMembers, lists, todos } from "./todo.entity.ts";

/** Lists that one run takes on. The next one goes on with the others. */
const mostLists = 100;
/** A list that was restored at the last moment is not taken for one that stayed deleted. */
const marginSeconds = 24 * 60 * 60;

/**
 * Deletes a list with everything in it, for everybody. The list goes last: a run that was cut off finds it again.
 * @param keptMember whose membership stays, because the list is found by it
 */
export async function eraseList(core: Core, listId: ListId, keptMember?: AccountId): Promise<void> {
  await eachPage(
    (cursor) => todos(core).query.byList({ listId }).go({ cursor, limit: 25, consistent: true }),
    (rows) => deleteAll(todos(core).delete(rows).go()),
  );
  await eachPage(
    (cursor) => listChanges(core).query.byList({ listId }).go({ cursor, limit: 25, consistent: true }),
    (rows) => deleteAll(listChanges(core).delete(rows).go()),
  );
  await eachPage(
    (cursor) => listInvitations(core).query.byList({ listId }).go({ cursor, limit: 25, consistent: true }),
    (rows) => deleteAll(listInvitations(core).delete(rows).go()),
  );
  await eachPage(
    (cursor) => listMembers(core).query.byList({ listId }).go({ cursor, limit: 25 }),
    (rows) =>
      deleteAll(
        listMembers(core)
          .delete(rows.filter(({ accountId }) => accountId !== keptMember))
          .go(),
      ),
  );
  await lists(core).delete({ listId }).go();
}

/** Erases the lists that can no longer be restored. It is safe to run late, twice, or twice at once. */
export async function eraseDeletedLists(core: Core): Promise<ListId[]> {
  const before = core.now().getTime() - (restorableSeconds + marginSeconds) * 1000;
  const { data } = await lists(core)
    .query.byErasure({ erasure: "waiting" })
    .lt({ deletedAt: new Date(before).toISOString() })
    .go({ limit: mostLists });
  for (const { listId } of data) await eraseList(core, listId);
  return data.map(({ listId }) => listId);
}
