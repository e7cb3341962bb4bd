import type { ActorCore } from "../core.ts";
import { eraseList } from "../todo/erase-list.ts";
import { removeMember } from "../todo/sharing.ts";
import { listMembers, lists, mutationRecords } from "../todo/todo.entity.ts";
import { deleteAll, eachPage } from "./erase.ts";

/** Deletes the lists that the person owns, for everybody in them, and takes the person out of all others. */
export async function eraseLists(core: ActorCore): Promise<number> {
  const { accountId } = core.actor;
  const memberships = await eachPage(
    (cursor) => listMembers(core).query.byAccount({ accountId }).go({ cursor, limit: 25, consistent: true }),
    async (rows) => {
      for (const { listId } of rows) {
        const { data: list } = await lists(core).get({ listId }).go({ consistent: true });
        if (list?.ownerId === accountId) await eraseList(core, listId, accountId);
        else if (list && !list.deletedAt) await removeMember(core, { listId, accountId });
      }
      // What is left are memberships of the lists that have just been erased, or deleted before.
      await deleteAll(listMembers(core).delete(rows).go());
    },
  );
  const records = await eachPage(
    (cursor) => mutationRecords(core).query.byId({ accountId }).go({ cursor, limit: 25, consistent: true }),
    (rows) => deleteAll(mutationRecords(core).delete(rows).go()),
  );
  return memberships + records;
}
