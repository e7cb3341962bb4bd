import type { ListId } from "@haru/core/id";
import { byPosition } from "@haru/core/todo/position.contract";
import { type Copy, type Entry, overlayOf } from "@haru/core/todo/replica.contract";
import type { List, ListRole, Todo } from "@haru/core/todo/todo.contract";

export interface ViewedList {
  readonly listId: ListId;
  readonly name: string;
  readonly color: List["color"];
  readonly role: ListRole;
  readonly memberCount: number;
  /** Todos that are not deleted, in their order. */
  readonly todos: readonly Todo[];
}

/** What a person sees: the copies with their own changes over them. */
export function viewOf(
  copies: ReadonlyMap<ListId, Copy>,
  log: readonly Entry[],
  earlier: readonly ViewedList[],
): readonly ViewedList[] {
  const overlay = overlayOf(copies, log);
  const changed = Map.groupBy(overlay.todos.values(), ({ listId }) => listId);
  const listIds = [...new Set([...copies.keys(), ...overlay.lists.keys()])];
  return listIds.flatMap((listId) => {
    const copy = copies.get(listId);
    const own = overlay.lists.get(listId);
    const list = own ?? copy?.list;
    if (own === null || !list) return [];
    const { name, color } = list;
    const before = earlier.find((one) => one.listId === listId);
    const todos = kept(before?.todos, sorted(copy, changed.get(listId) ?? []));
    const [role, memberCount] = [copy?.role ?? "owner", copy?.list.memberCount ?? 1] as const;
    const seen = { listId, name, color, role, memberCount, todos };
    return [before && isSame(before, seen) ? before : seen];
  });
}

const sortedCopies = new WeakMap<Copy, readonly Todo[]>();

/** Sorting is done once for each state of a copy; the few todos of the overlay are put into it. */
function sorted(copy: Copy | undefined, changed: readonly Todo[]): readonly Todo[] {
  let base = copy && sortedCopies.get(copy);
  if (copy && !base) {
    base = [...copy.todos.values()].filter(({ deletedAt }) => deletedAt === null).sort(byPosition);
    sortedCopies.set(copy, base);
  }
  if (changed.length === 0) return base ?? [];
  const touched = new Set(changed.map(({ todoId }) => todoId));
  const rest = (base ?? []).filter(({ todoId }) => !touched.has(todoId));
  return [...rest, ...changed.filter(({ deletedAt }) => deletedAt === null)].sort(byPosition);
}

/** What is on the page already, where nothing about it is other: changes are made again with each look. */
function kept(before: readonly Todo[] | undefined, todos: readonly Todo[]): readonly Todo[] {
  if (before?.length !== todos.length) return todos;
  return todos.every((todo, index) => isSameTodo(todo, before[index] as Todo)) ? before : todos;
}

function isSameTodo(a: Todo, b: Todo): boolean {
  return a === b || (a.todoId === b.todoId && JSON.stringify(a) === JSON.stringify(b));
}

function isSame(a: ViewedList, b: ViewedList): boolean {
  return (
    a.name === b.name &&
    a.color === b.color &&
    a.role === b.role &&
    a.memberCount === b.memberCount &&
    a.todos === b.todos
  );
}
