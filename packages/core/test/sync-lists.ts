import type { ActorCore } from "../src/core.ts";
import type { AccountId, ListId } from "../src/id.ts";
import { changeTodo } from "../src/todo/mutation.contract.ts";
import type { Copy } from "../src/todo/replica.contract.ts";
import { emptyContent, type Todo } from "../src/todo/todo.contract.ts";
import { listChanges, listMembers, lists, todos } from "../src/todo/todo.entity.ts";
import { commit, inTransaction } from "../src/transaction.ts";

export const baseTime = Date.parse("2026-11-21T00:00:00.000Z");
const seq = 2;

/** The second account's place in a list. */
export function guestIn(listId: ListId, accountId: AccountId) {
  const joinedAt = new Date(baseTime).toISOString();
  return { accountId, listId, role: "editor" as const, displayName: "이손님", joinedAt };
}

/**
 * Lists of two accounts with a todo each: as the verbs would make them, in one request, since there
 * are many worlds.
 * @returns what a device has of them that has seen everything
 */
export async function makeLists(
  core: ActorCore,
  guestId: AccountId,
  listIds: readonly ListId[],
): Promise<Copy[]> {
  const made = listIds.map((listId) => makeList(core, listId));
  await commit(
    core,
    made.flatMap(({ list, todo }) => {
      const { listId, ownerId, createdAt: at } = list;
      const entry = { listId, seq, mutationId: core.newId("mutation"), at, todo, expireAt: baseTime };
      const owner = {
        listId,
        accountId: ownerId,
        role: "owner" as const,
        displayName: "김하루",
        joinedAt: at,
      };
      return [
        inTransaction(lists(core))
          .put({ ...list, todoCount: 1 })
          .commit(),
        inTransaction(listMembers(core)).put(owner).commit(),
        inTransaction(listMembers(core)).put(guestIn(listId, guestId)).commit(),
        inTransaction(todos(core)).put({ listId, todoId: todo.todoId, todo, stamps: {} }).commit(),
        inTransaction(listChanges(core)).put(entry).commit(),
      ];
    }),
  );
  return made.map(({ list, todo }) => ({ list, role: "editor", seq, todos: new Map([[todo.todoId, todo]]) }));
}

function makeList(core: ActorCore, listId: ListId) {
  const createdAt = new Date(baseTime).toISOString();
  const ownerId = core.actor.accountId;
  const list = { listId, ownerId, name: "목록", color: "ink" as const, memberCount: 2, seq, createdAt };
  const args = { listId, todoId: core.newId("todo"), content: emptyContent("처음", "V") };
  const todo = { ...(changeTodo(undefined, { name: "todo.create", args }, createdAt) as Todo), seq };
  return { list, todo };
}
