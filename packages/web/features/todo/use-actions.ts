"use client";

import { type AccountId, newId } from "@haru/core/id";
import type { Change } from "@haru/core/todo/mutation.contract";
import { positionBetween } from "@haru/core/todo/position.contract";
import { type QuickTodo, readQuickTodo } from "@haru/core/todo/quick-add.contract";
import { nextDue } from "@haru/core/todo/repeat.contract";
import { emptyContent, inboxIdOf, type Todo } from "@haru/core/todo/todo.contract";
import { useMemo, useState } from "react";
import { hereAndNow, today } from "./days.ts";
import type { TodoMessages } from "./messages.ts";
import type { TodoStore } from "./store/store.ts";
import type { ViewedList } from "./store/view.ts";
import type { TodoActions } from "./todo-item.tsx";
import { goTo, pathTo } from "./use-place.ts";

const lastOf = (list: ViewedList | undefined) => list?.todos.at(-1)?.position;

/** A deletion that can be taken back. */
interface Removal {
  readonly text: string;
  readonly back: readonly Change[];
}

const remove = ({ listId, todoId }: Todo): Change => ({ name: "todo.delete", args: { listId, todoId } });
const restore = ({ listId, todoId }: Todo): Change => ({ name: "todo.restore", args: { listId, todoId } });

/** What a person can do to todos, and how to take the last deletion back. */
export function useActions(store: TodoStore, text: TodoMessages) {
  const [removal, setRemoval] = useState<Removal>();
  const actions = useMemo(
    (): TodoActions => ({
      change: ({ listId, todoId }, patch) =>
        store.change({ name: "todo.update", args: { listId, todoId, patch } }),
      toggle({ listId, todoId, isDone, due, repeat }) {
        // What repeats is never done: it comes back on its next day.
        const patch = !isDone && due && repeat ? { due: nextDue(due, repeat, today()) } : { isDone: !isDone };
        store.change({ name: "todo.update", args: { listId, todoId, patch } });
      },
      remove(...todos) {
        store.change(...todos.map(remove));
        setRemoval({ text: text.removed(todos.length), back: todos.map(restore) });
      },
      move({ listId, todoId }, to) {
        const position = positionBetween(lastOf(to), undefined);
        store.change({ name: "todo.move", args: { listId, todoId, toListId: to.listId, position } });
      },
    }),
    [store, text],
  );
  function removeList({ listId, name }: ViewedList): void {
    store.change({ name: "list.delete", args: { listId } });
    setRemoval({ text: text.listRemoved(name), back: [{ name: "list.restore", args: { listId } }] });
  }
  function undo(): void {
    if (removal) store.change(...removal.back);
    setRemoval(undefined);
  }
  return { actions, removeList, removal, undo };
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
