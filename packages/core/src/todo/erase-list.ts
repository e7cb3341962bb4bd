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

/** What became of one list that can no longer be restored. */
export interface ErasedList {
  readonly listId: ListId;
  readonly outcome: "erased" | "failed";
  /** Set when it failed. It stays due, and the next run tries again. */
  readonly error?: unknown;
}

/**
 * Erases the lists that can no longer be restored, the longest deleted first. It is safe to run late, twice,
 * or twice at once.
 */
export async function eraseDeletedLists(core: Core): Promise<ErasedList[]> {
  const before = new Date(core.now().getTime() - (restorableSeconds + marginSeconds) * 1000).toISOString();
  const done: ErasedList[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readSome>> = await readSome(core, before, cursor);
    for (const { listId } of page.data) done.push(await eraseOne(core, listId));
    cursor = page.cursor;
    // What fails stays due, and keeps nothing behind it from its time.
  } while (cursor !== null && done.filter(({ outcome }) => outcome === "erased").length < mostLists);
  return done;
}

function readSome(core: Core, before: string, cursor: string | null) {
  return lists(core)
    .query.byErasure({ erasure: "waiting" })
    .lt({ deletedAt: before })
    .go({ limit: mostLists, cursor });
}

async function eraseOne(core: Core, listId: ListId): Promise<ErasedList> {
  try {
    await eraseList(core, listId);
    return { listId, outcome: "erased" };
  } catch (error) {
    return { listId, outcome: "failed", error };
  }
}
