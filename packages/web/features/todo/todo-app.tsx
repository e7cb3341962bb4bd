"use client";

import type { AccountId } from "@haru/core/id";
import type { Locale } from "@haru/core/locale";
import { inboxIdOf, todoLimits } from "@haru/core/todo/todo.contract";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { renewPush } from "../push-subscription/browser-push.ts";
import { hereAndNow, today } from "./days.ts";
import { historyBy } from "./history.ts";
import { JoinList } from "./join-list.tsx";
import { LineField } from "./line-field.tsx";
import { ListSheet } from "./list-sheet.tsx";
import { ListsContext } from "./lists-context.ts";
import { type TodoMessages, todoMessages } from "./messages.ts";
import { useOfflineApp } from "./offline-app.ts";
import { PeopleIcon } from "./people-icon.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { selectionMessages } from "./selection-messages.ts";
import { shareMessages } from "./share-messages.ts";
import { shownAt, shownBy } from "./shown.ts";
import type { Snapshot } from "./store/snapshot.ts";
import type { TodoStore } from "./store/store.ts";
import { SyncLine, Troubles } from "./sync-line.tsx";
import { TodoDays } from "./todo-days.tsx";
import { TodoList } from "./todo-list.tsx";
import { TodoPlaces } from "./todo-places.tsx";
import { TodoSearch } from "./todo-search.tsx";
import { addList, addTodo, useActions } from "./use-actions.ts";
import { goTo, pathTo, usePlace } from "./use-place.ts";
import { useSelection } from "./use-selection.ts";
import { useSnapshot, useTodoStore } from "./use-store.ts";

/** The person's todos: read from this browser at once, kept in step behind the scenes. */
export function TodoApp({ locale }: { locale: Locale }) {
  const text = todoMessages[locale];
  const store = useTodoStore(locale);
  const snapshot = useSnapshot(store);
  const { hasNewVersion } = useOfflineApp();
  useEffect(() => {
    if (store)
      renewPush(locale, store.accountId).catch((error) =>
        console.warn("Notifications of this device are not renewed.", error),
      );
  }, [store, locale]);
  return (
    <div className="todo-page">
      {hasNewVersion && (
        <div className="banner" role="status">
          <p>{text.newVersion}</p>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => location.reload()}
          >
            {text.reload}
          </button>
        </div>
      )}
      {store && snapshot?.isLoaded ? (
        <Todos store={store} snapshot={snapshot} locale={locale} text={text} />
      ) : (
        <div className="skeleton skeleton-draft" role="status" aria-label={text.loading} />
      )}
    </div>
  );
}

interface TodosProps {
  readonly store: TodoStore;
  readonly snapshot: Snapshot;
  readonly locale: Locale;
  readonly text: TodoMessages;
}

function Todos({ store, snapshot, locale, text }: TodosProps) {
  const place = usePlace();
  const { actions, removeList, undoable, undo } = useActions(store, text);
  const [isSheetOpen, setSheetOpen] = useState(false);
  const { lists, overwritings } = snapshot;
  const historyOf = useMemo(() => historyBy(overwritings), [overwritings]);
  const inboxId = inboxIdOf(store.accountId as AccountId);
  const onAddList = useCallback((name: string) => addList(store, locale, name), [store, locale]);
  const listId = place.view === "list" ? (place.listId ?? inboxId) : inboxId;
  const list = lists.find((one) => one.listId === listId);
  const shown = useMemo(() => shownAt(place, list, lists), [place, list, lists]);
  const selection = useSelection(shown, place);
  const present = shownBy("all", list?.todos ?? []);
  const areAllDone = present.every(({ isDone }) => isDone);
  const isReadOnly = list?.role === "viewer";

  function add(line: string): void {
    const { timeZone } = hereAndNow();
    const due = { date: today(), time: null, timeZone };
    addTodo(store, list, line, text, place.view === "today" ? { due } : {});
  }

  if (place.view === "join") {
    const { listId, token } = place;
    return <JoinList {...{ store, listId, token, lists, locale }} />;
  }
  const title = place.view !== "list" ? text[place.view] : listId === inboxId ? text.inbox : list?.name;

  return (
    <>
      <TodoPlaces
        place={place}
        inboxId={inboxId}
        lists={lists}
        locale={locale}
        text={text}
        onAddList={onAddList}
      />
      <div className="todo-main">
        <header className="todo-head">
          <h1>{title ?? text.noList}</h1>
          <SyncLine snapshot={snapshot} text={text} />
          {shown.length > 0 && !isReadOnly && (
            <button
              type="button"
              className="button button-quiet button-small todo-begin"
              aria-pressed={selection.ids !== undefined}
              onClick={selection.ids ? selection.end : selection.begin}
            >
              {selectionMessages[locale].begin}
            </button>
          )}
          {place.view === "list" && list && (
            <button
              type="button"
              className="icon-button todo-share"
              aria-label={shareMessages[locale].open}
              onClick={() => setSheetOpen(true)}
            >
              <PeopleIcon />
            </button>
          )}
        </header>
        {isSheetOpen && list && (
          <ListSheet
            store={store}
            list={list}
            isInbox={listId === inboxId}
            locale={locale}
            onClose={() => setSheetOpen(false)}
            onDelete={() => {
              setSheetOpen(false);
              removeList(list);
              goTo(pathTo(locale, { view: "list", filter: "all" }));
            }}
          />
        )}
        <Troubles
          snapshot={snapshot}
          locale={locale}
          text={text}
          onRetry={() => store.retryUnsaved()}
          onDismissRefused={() => void store.dismiss(snapshot.refused.map(({ n }) => n))}
          onDismissOverwritings={() => void store.dismissOverwritings()}
          onRestore={(todo, patch) => {
            actions.change(todo, patch);
            void store.dismissOverwritings();
          }}
        />
        {/* Of a list that is not there its heading says so. */}
        <ListsContext value={lists}>
          <section className="todo-card" hidden={title === undefined} aria-label={text.list}>
            {isReadOnly && place.view === "list" && <p className="todo-none">{text.viewerNote}</p>}
            {place.view !== "search" && (list ? !isReadOnly : listId === inboxId) && (
              <div className="todo-new">
                {place.view === "list" && present.length > 0 && (
                  <input
                    type="checkbox"
                    className="todo-check"
                    aria-label={text.toggleAll}
                    checked={areAllDone}
                    onChange={({ currentTarget: { checked } }) => {
                      for (const todo of present)
                        if (todo.isDone !== checked) actions.change(todo, { isDone: checked });
                    }}
                  />
                )}
                <NewTodo text={text} onAdd={add} />
              </div>
            )}
            {place.view === "list" ? (
              <TodoList {...{ list, shown, selection, place, historyOf, locale, text, actions }} />
            ) : place.view === "search" ? (
              <TodoSearch {...{ lists, historyOf, locale, text, actions }} />
            ) : (
              <TodoDays {...{ view: place.view, lists, selection, historyOf, locale, text, actions }} />
            )}
            {selection.ids && <SelectionBar {...{ selection, lists, actions, locale }} />}
          </section>
        </ListsContext>
        <div className="todo-undo" role="status">
          {undoable && (
            <p>
              {undoable.text}{" "}
              <button type="button" className="text-link link-button" onClick={undo}>
                {text.undo}
              </button>
            </p>
          )}
        </div>
      </div>
    </>
  );
}

/** What another app shared with this one. It is in the address, and is taken from there once. */
function takeShared(): string {
  const query = new URLSearchParams(location.search);
  const shared = ["title", "text", "url"].flatMap((name) => query.get(name)?.trim() || []).join(" ");
  if (location.search) history.replaceState(null, "", location.pathname);
  return shared.slice(0, todoLimits.titleLength);
}

function NewTodo({ text, onAdd }: { text: TodoMessages; onAdd(line: string): void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const shared = takeShared();
    if (field.current && shared) field.current.value = shared;
  }, []);
  return (
    <LineField
      field={field}
      className="todo-new-input"
      label={text.newTodo.name}
      placeholder={text.newTodo.placeholder}
      most={todoLimits.titleLength}
      onLine={onAdd}
    />
  );
}
