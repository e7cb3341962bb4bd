import type { TransactWriteItem } from "electrodb";
import type { ActorCore } from "../core.ts";
import type { ListId, TodoId } from "../id.ts";
import { type BatchRead, readTogether } from "../read-together.ts";
import { inTransaction } from "../transaction.ts";
import { listsOf, type Mutation } from "./mutation.contract.ts";
import { type PlannedChange, type Scene, type SceneList, todoKey } from "./plan.ts";
import { restorableSeconds } from "./todo.contract.ts";
import { type ListRow, listChanges, listMembers, lists, todos } from "./todo.entity.ts";

/** How long a list's log is kept: devices that come back later read the list anew. */
export const logSeconds = 30 * 24 * 60 * 60;

/** Reads what a run of mutations meets. Consistent, so that what a device has just been told is there. */
export async function readScene(core: ActorCore, mutations: readonly Mutation[]): Promise<Scene> {
  const { accountId } = core.actor;
  const listIds = [...new Set(mutations.flatMap(listsOf))];
  const Items = await readTogether(core, [
    ...listIds.flatMap((listId) => [
      listMembers(core).get([{ accountId, listId }]).params<BatchRead>(),
      lists(core).get([{ listId }]).params<BatchRead>(),
    ]),
    ...todosIn(mutations).map((key) => todos(core).get([key]).params<BatchRead>()),
  ]);
  const memberRows = listMembers(core).parse({ Items }).data;
  const roles = new Map(memberRows.map(({ listId, role }) => [listId, role]));
  const scene: Scene = { lists: new Map(), todos: new Map() };
  for (const list of lists(core).parse({ Items }).data) {
    const role = roles.get(list.listId);
    if (role) scene.lists.set(list.listId, { list, role });
  }
  for (const { listId, todoId, todo, stamps } of todos(core).parse({ Items }).data)
    scene.todos.set(todoKey(listId, todoId), { todo, stamps });
  return scene;
}

function todosIn(mutations: readonly Mutation[]): readonly { listId: ListId; todoId: TodoId }[] {
  const keys = new Map<string, { listId: ListId; todoId: TodoId }>();
  for (const mutation of mutations) {
    if (!("todoId" in mutation.args)) continue;
    const { todoId } = mutation.args;
    for (const listId of listsOf(mutation)) keys.set(todoKey(listId, todoId), { listId, todoId });
  }
  return [...keys.values()];
}

/**
 * The items of the transaction that makes the changes: each list with its new number, on the
 * condition that nobody took that number; the member's right to it; the todos; the log.
 */
export function writesOf(
  core: ActorCore,
  scene: Scene,
  changes: readonly PlannedChange[],
  at: string,
): TransactWriteItem[] {
  const { accountId } = core.actor;
  const nowSeconds = Math.floor(core.now().getTime() / 1000);
  const perList = [...new Set(changes.map(({ listId }) => listId))].flatMap((listId) => {
    const { list } = scene.lists.get(listId) as SceneList;
    const count = changes.filter((change) => change.listId === listId).length;
    return [
      putList(core, list, list.seq - count),
      inTransaction(listMembers(core))
        .check({ accountId, listId })
        .where(({ role }, { eq }) => `${eq(role, "owner")} OR ${eq(role, "editor")}`)
        .commit(),
    ];
  });
  const changed = new Set(
    changes.flatMap(({ listId, todo }) => (todo ? [todoKey(listId, todo.todoId)] : [])),
  );
  const rows = [...changed].flatMap((key) => {
    const found = scene.todos.get(key);
    if (!found) return [];
    const { listId, todoId } = found.todo;
    const ends = found.todo.deletedAt ? { expireAt: nowSeconds + restorableSeconds } : {};
    return [
      inTransaction(todos(core))
        .put({ listId, todoId, ...found, ...ends })
        .commit(),
    ];
  });
  const log = changes.map(({ listId, seq, mutation, todo, overwritten }) => {
    const { mutationId } = mutation;
    const what = { ...(todo ? { todo } : {}), ...(overwritten ? { overwritten } : {}) };
    const entry = { listId, seq, mutationId, at, ...what, expireAt: nowSeconds + logSeconds };
    return inTransaction(listChanges(core)).put(entry).commit();
  });
  return [...perList, ...rows, ...log];
}

function putList(core: ActorCore, list: ListRow, seqBefore: number): TransactWriteItem {
  return inTransaction(lists(core))
    .put(list)
    .where(({ seq }, { eq }) => eq(seq, seqBefore))
    .commit();
}
