import type { DeviceId, ListId, TodoId } from "../id.ts";
import { changeTodo, fieldsOf, listsOf, type Mutation, movedTodo } from "./mutation.contract.ts";
import type { Outcome, Refusal } from "./sync.contract.ts";
import {
  type ListRole,
  restorableSeconds,
  type Todo,
  type TodoContent,
  todoLimits,
} from "./todo.contract.ts";
import type { ListRow, Stamps } from "./todo.entity.ts";

/** A list as its members see it at this moment. */
export interface SceneList {
  list: ListRow;
  readonly role: ListRole;
}

export interface SceneTodo {
  todo: Todo;
  stamps: Stamps;
}

/** What a run of mutations meets, changed in place as each of them is planned. */
export interface Scene {
  readonly lists: Map<ListId, SceneList>;
  readonly todos: Map<string, SceneTodo>;
}

/** An entry of a list's log to be. */
export interface PlannedChange {
  readonly listId: ListId;
  readonly seq: number;
  readonly mutation: Mutation;
  readonly todo?: Todo;
  readonly overwritten?: Partial<TodoContent>;
}

export interface Planned {
  readonly outcome: Outcome;
  readonly changes: readonly PlannedChange[];
}

export function todoKey(listId: ListId, todoId: TodoId): string {
  return `${listId}/${todoId}`;
}

/** Decides what becomes of one mutation and writes it into the scene. Pure but for the scene: nothing is stored here. */
export function plan(scene: Scene, deviceId: DeviceId, mutation: Mutation, at: string): Planned {
  const refusal = judge(scene, deviceId, mutation, at);
  if (refusal) {
    const { mutationId } = mutation;
    return { outcome: { mutationId, outcome: "refused", reason: refusal }, changes: [] };
  }
  const changes = mutation.name.startsWith("list.")
    ? [changeList(scene, mutation, at)]
    : changeTodos(scene, deviceId, mutation as TodoMutation, at);
  const seqs = Object.fromEntries(changes.map(({ listId, seq }) => [listId, seq]));
  return { outcome: { mutationId: mutation.mutationId, outcome: "accepted", seqs }, changes };
}

type TodoMutation = Extract<Mutation, { readonly name: `todo.${string}` }>;

/** Why the mutation can never succeed, as things are. */
function judge(scene: Scene, deviceId: DeviceId, mutation: Mutation, at: string): Refusal | undefined {
  for (const listId of listsOf(mutation)) {
    const found = scene.lists.get(listId);
    if (!found || isGone(found.list, mutation, at)) return "not_found";
    if (found.role === "viewer") return "read_only";
  }
  const { args } = mutation;
  if (mutation.name === "todo.move" && mutation.args.toListId === args.listId) return "invalid";
  const { list, role } = scene.lists.get(args.listId) as SceneList;
  if (mutation.name === "list.delete" || mutation.name === "list.restore")
    if (role !== "owner") return "read_only";
  if (!("todoId" in args)) return isOther(list, mutation) ? "edited_elsewhere" : undefined;
  const known = scene.todos.get(todoKey(args.listId, args.todoId));
  if (mutation.name === "todo.create") {
    if (known) return "exists";
    return list.todoCount >= todoLimits.todosPerList ? "full" : undefined;
  }
  if (!known) return "not_found";
  if (known.todo.movedTo && mutation.name !== "todo.restore") return "moved";
  if (isOther(known.todo, mutation)) return "edited_elsewhere";
  if (mutation.name === "todo.delete" && hasUnseenEdit(known, deviceId, mutation.seen)) {
    return "edited_elsewhere";
  }
  const comesBack = known.todo.deletedAt !== null && mutation.name !== "todo.delete";
  const target = mutation.name === "todo.move" ? scene.lists.get(mutation.args.toListId)?.list : list;
  const grows = mutation.name === "todo.move" || comesBack;
  return grows && (target?.todoCount ?? 0) >= todoLimits.todosPerList ? "full" : undefined;
}

/** Whether a list is deleted, for whoever restores it: for too long. */
function isGone({ deletedAt }: SceneList["list"], { name }: Mutation, at: string): boolean {
  if (deletedAt === undefined) return false;
  return name !== "list.restore" || Date.parse(at) - Date.parse(deletedAt) > restorableSeconds * 1000;
}

/** Whether something is not any more as whoever made the mutation asked for. */
function isOther({ seq }: { readonly seq: number }, { ifMatch }: Mutation): boolean {
  return ifMatch !== undefined && ifMatch !== seq;
}

/** Whether the todo holds a value of another device which this one did not know when it deleted the todo. */
function hasUnseenEdit({ stamps }: SceneTodo, deviceId: DeviceId, seen: number): boolean {
  return Object.values(stamps).some(([device, seq]) => device !== deviceId && seq > seen);
}

function changeList(scene: Scene, mutation: Mutation, at: string): PlannedChange {
  const { listId } = mutation.args;
  const found = scene.lists.get(listId) as SceneList;
  const next = { ...found.list, seq: found.list.seq + 1 };
  if (mutation.name === "list.update") Object.assign(next, mutation.args.patch);
  if (mutation.name === "list.delete") Object.assign(next, { deletedAt: at, erasure: "waiting" });
  if (mutation.name === "list.restore") {
    delete next.deletedAt;
    delete next.erasure;
  }
  found.list = next;
  return { listId, seq: next.seq, mutation };
}

function changeTodos(scene: Scene, deviceId: DeviceId, mutation: TodoMutation, at: string): PlannedChange[] {
  const { listId, todoId } = mutation.args;
  const known = scene.todos.get(todoKey(listId, todoId));
  const todo = changeTodo(known?.todo, mutation, at);
  if (!todo) throw new Error("A change that was judged possible made nothing of its todo.");
  const change = store(scene, deviceId, mutation, todo, known);
  if (mutation.name !== "todo.move" || !known) return [change];
  const { toListId } = mutation.args;
  const there = scene.todos.get(todoKey(toListId, todoId));
  const moved = movedTodo(known.todo, mutation, at);
  return [change, store(scene, deviceId, mutation, { ...moved, listId: toListId }, there)];
}

/** Gives the todo the next number of its list. */
function store(
  scene: Scene,
  deviceId: DeviceId,
  mutation: TodoMutation,
  changed: Todo,
  known: SceneTodo | undefined,
): PlannedChange {
  const found = scene.lists.get(changed.listId) as SceneList;
  const seq = found.list.seq + 1;
  const todo = { ...changed, seq };
  const wasLive = known !== undefined && known.todo.deletedAt === null;
  const isLive = todo.deletedAt === null;
  const { todoCount, lastPosition = "" } = found.list;
  found.list = {
    ...found.list,
    seq,
    todoCount: todoCount + Number(isLive) - Number(wasLive),
    lastPosition: todo.position > lastPosition ? todo.position : lastPosition,
  };
  const fields = mutation.name === "todo.update" ? fieldsOf(mutation) : [];
  const overwritten = known ? unseenValues(known, deviceId, mutation, todo) : {};
  const stamps = { ...known?.stamps };
  for (const field of fields) stamps[field] = [deviceId, seq];
  scene.todos.set(todoKey(todo.listId, todo.todoId), { todo, stamps });
  const base = { listId: todo.listId, seq, mutation, todo };
  return Object.keys(overwritten).length > 0 ? { ...base, overwritten } : base;
}

/** The values that an edit replaces although its device had not seen them. Nobody misses a place. */
function unseenValues(
  { todo: before, stamps }: SceneTodo,
  deviceId: DeviceId,
  mutation: TodoMutation,
  after: Todo,
): Partial<TodoContent> {
  if (mutation.name !== "todo.update") return {};
  const lost = fieldsOf(mutation).filter((field) => {
    const [device, seq] = stamps[field] ?? [deviceId, 0];
    const isUnseen = device !== deviceId && seq > mutation.seen;
    return field !== "position" && isUnseen && JSON.stringify(before[field]) !== JSON.stringify(after[field]);
  });
  return Object.fromEntries(lost.map((field) => [field, before[field]]));
}
