"use client";

import { type AccountId, newId } from "@haru/core/id";
import type { Change, TodoChange } from "@haru/core/todo/mutation.contract";
import { positionBetween } from "@haru/core/todo/position.contract";
import { type QuickTodo, readQuickTodo } from "@haru/core/todo/quick-add.contract";
import { nextDue } from "@haru/core/todo/repeat.contract";
import { emptyContent, inboxIdOf, type Todo, type TodoPatch } from "@haru/core/todo/todo.contract";
import { useMemo, useState } from "react";
import { hereAndNow, today } from "./days.ts";
import type { TodoMessages } from "./messages.ts";
import { stepsOf } from "./steps.ts";
import type { TodoStore } from "./store/store.ts";
import type { ViewedList } from "./store/view.ts";
import { backOf } from "./undo.ts";
import { goTo, pathTo } from "./use-place.ts";

/** What a person can do to todos. What says so on the page can be taken back there. */
export interface TodoActions {
  change(todo: Todo, patch: TodoPatch): void;
  toggle(todo: Todo): void;
  setDone(todos: readonly Todo[], isDone: boolean): void;
  /** Deletes todos with their steps. */
  remove(todos: readonly Todo[]): void;
  /** Deletes these todos and no steps that are not among them. */
  clear(todos: readonly Todo[]): void;
  /** Puts what is done out of sight. */
  archive(todos: readonly Todo[]): void;
  /** Moves todos with their steps to the end of another list. */
  move(todos: readonly Todo[], to: ViewedList): void;
  addStep(todo: Todo, line: string): void;
}

const lastOf = (list: ViewedList | undefined) => list?.todos.at(-1)?.position;

/** Something that can be taken back. */
interface Undoable {
  readonly text: string;
  readonly back: readonly Change[];
}

/** A change with the todo as it was before. */
type Made = readonly [todo: Todo, change: TodoChange];

const update = ({ listId, todoId }: Todo, patch: TodoPatch): TodoChange => ({
  name: "todo.update",
  args: { listId, todoId, patch },
});

const removal = (todo: Todo): Made => {
  const { listId, todoId } = todo;
  return [todo, { name: "todo.delete", args: { listId, todoId } }];
};
const archival = (todo: Todo): Made => [todo, update(todo, { isArchived: true })];

/** What a person can do to todos, and how to take the last of it back. */
export function useActions(store: TodoStore, text: TodoMessages) {
  const [undoable, setUndoable] = useState<Undoable>();
  const actions = useMemo((): TodoActions => {
    const listOf = (listId: string) => store.getSnapshot().lists.find((list) => list.listId === listId);
    const below = (todo: Todo) => stepsOf(todo, listOf(todo.listId)?.todos ?? []);
    const withSteps = (todos: readonly Todo[]) => [
      ...new Map(todos.flatMap((todo) => [todo, ...below(todo)]).map((todo) => [todo.todoId, todo])).values(),
    ];

    /** Makes one change of each todo, which can be taken back together. */
    function changeAll(made: readonly Made[], words: string): void {
      store.change(...made.map(([, change]) => change));
      setUndoable({ text: words, back: made.flatMap(([todo, change]) => backOf(todo, change)) });
    }

    /** The steps of what is done are done; those of what comes back another day begin anew. */
    function stepsAfter(todo: Todo, { isDone }: TodoPatch): readonly Made[] {
      if (isDone === false) return [];
      const areDone = isDone === true;
      const others = below(todo).filter((step) => step.isDone !== areDone);
      return others.map((step): Made => [step, update(step, { isDone: areDone })]);
    }

    function doneAs(todo: Todo, isDone: boolean): readonly Made[] {
      const patch = patchOf(todo, isDone);
      return [[todo, update(todo, patch)], ...stepsAfter(todo, patch)];
    }

    return {
      change: (todo, patch) => store.change(update(todo, patch)),
      toggle: (todo) => store.change(...doneAs(todo, !todo.isDone).map(([, change]) => change)),
      setDone(todos, isDone) {
        const others = todos.filter((todo) => todo.isDone !== isDone);
        const made = others.flatMap((todo) => doneAs(todo, isDone));
        // A step that was chosen beside its todo is changed with it, once.
        const each = new Map(made.map((one) => [one[0].todoId, one]));
        changeAll([...each.values()], text.setDone(others.length, isDone));
      },
      remove(todos) {
        const all = withSteps(todos);
        changeAll(all.map(removal), text.removed(all.length));
      },
      clear: (todos) => changeAll(todos.map(removal), text.removed(todos.length)),
      archive: (todos) => changeAll(todos.map(archival), text.archived(todos.length)),
      move(todos, to) {
        const leaving = todos.filter(({ listId }) => listId !== to.listId);
        if (leaving.length === 0) return;
        const all = withSteps(leaving);
        let position = lastOf(to);
        const moves = all.map(({ listId, todoId }): TodoChange => {
          position = positionBetween(position, undefined);
          return { name: "todo.move", args: { listId, todoId, toListId: to.listId, position } };
        });
        // A todo that comes to another list is nobody's step there until it is said again.
        const coming = new Set(all.map(({ todoId }) => todoId));
        const joins = all.flatMap((todo): TodoChange[] => {
          const { todoId, parentId } = todo;
          if (!parentId || !coming.has(parentId)) return [];
          return [{ name: "todo.update", args: { listId: to.listId, todoId, patch: { parentId } } }];
        });
        store.change(...moves, ...joins);
        const back = all.flatMap((todo, index) => backOf(todo, moves[index] as TodoChange));
        setUndoable({ text: text.movedTo(all.length, to.name), back });
      },
      addStep({ listId, todoId: parentId }, line) {
        const list = listOf(listId);
        const { title } = readQuickTodo(line, hereAndNow());
        const content = { ...emptyContent(title, positionBetween(lastOf(list), undefined)), parentId };
        const todoId = newId("todo", new Date());
        store.change({ name: "todo.create", args: { listId, todoId, content } });
      },
    };
  }, [store, text]);
  function removeList({ listId, name }: ViewedList): void {
    store.change({ name: "list.delete", args: { listId } });
    setUndoable({ text: text.listRemoved(name), back: [{ name: "list.restore", args: { listId } }] });
  }
  function undo(): void {
    if (undoable) store.change(...undoable.back);
    setUndoable(undefined);
  }
  return { actions, removeList, undoable, undo };
}

/** What repeats is never done: it comes back on its next day. What is taken up again leaves the archive. */
function patchOf({ due, repeat, isArchived }: Todo, isDone: boolean): TodoPatch {
  if (isDone && due && repeat) return { due: nextDue(due, repeat, today()) };
  return isArchived && !isDone ? { isDone, isArchived: false } : { isDone };
}

/** Adds a todo from a line. The everyday list is made with its first todo; another device may make the same one. */
export function addTodo(
  store: TodoStore,
  list: ViewedList | undefined,
  line: string,
  text: TodoMessages,
  without?: Partial<QuickTodo>,
): void {
  const { due, ...read } = readQuickTodo(line, hereAndNow());
  const listId = list?.listId ?? inboxIdOf(store.accountId as AccountId);
  const position = positionBetween(lastOf(list), undefined);
  const content = { ...emptyContent(read.title, position), ...read, due: due ?? without?.due ?? null };
  const todoId = newId("todo", new Date());
  const made: Change = { name: "todo.create", args: { listId, todoId, content } };
  if (list) store.change(made);
  else store.change({ name: "list.create", args: { listId, name: text.inbox, color: "ink" } }, made);
}

export function addList(store: TodoStore, locale: "ko" | "en", name: string): void {
  const listId = newId("list", new Date());
  store.change({ name: "list.create", args: { listId, name, color: "ink" } });
  goTo(pathTo(locale, { view: "list", listId, filter: "all" }));
}
