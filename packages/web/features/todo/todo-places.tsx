"use client";

import type { ListId } from "@haru/core/id";
import type { Locale } from "@haru/core/locale";
import { todoLimits } from "@haru/core/todo/todo.contract";
import { memo, useState } from "react";
import { today } from "./days.ts";
import { LineField } from "./line-field.tsx";
import type { TodoMessages } from "./messages.ts";
import { PeopleIcon } from "./people-icon.tsx";
import { PlaceLink } from "./place-link.tsx";
import type { ViewedList } from "./store/view.ts";
import type { Place } from "./use-place.ts";

interface TodoPlacesProps {
  readonly place: Place;
  readonly inboxId: ListId;
  readonly lists: readonly ViewedList[];
  readonly locale: Locale;
  readonly text: TodoMessages;
  onAddList(name: string): void;
}

/** Where a person can go: today, what comes, and their lists. */
export const TodoPlaces = memo(function TodoPlaces({
  place,
  inboxId,
  lists,
  locale,
  text,
  onAddList,
}: TodoPlacesProps) {
  const [isNaming, setNaming] = useState(false);
  const inbox = lists.find(({ listId }) => listId === inboxId);
  const others = lists.filter(({ listId }) => listId !== inboxId);
  const shown = place.view === "list" ? (place.listId ?? inboxId) : place.view;
  const day = today();
  const dueCount = lists.flatMap(({ todos }) => todos).filter(isDueBy(day)).length;
  return (
    <nav className="todo-places" aria-label={text.places}>
      <ul>
        <li>
          <PlaceLink locale={locale} to={{ view: "today" }} isCurrent={shown === "today"}>
            {text.today} <Count of={dueCount} />
          </PlaceLink>
        </li>
        <li>
          <PlaceLink locale={locale} to={{ view: "upcoming" }} isCurrent={shown === "upcoming"}>
            {text.upcoming}
          </PlaceLink>
        </li>
        <li>
          <PlaceLink locale={locale} to={{ view: "search" }} isCurrent={shown === "search"}>
            {text.search}
          </PlaceLink>
        </li>
        <li>
          <PlaceLink locale={locale} to={{ view: "list", filter: "all" }} isCurrent={shown === inboxId}>
            {text.inbox} <Count of={openIn(inbox)} />
          </PlaceLink>
        </li>
        {others.map((list) => (
          <li key={list.listId}>
            <PlaceLink
              locale={locale}
              to={{ view: "list", listId: list.listId, filter: "all" }}
              isCurrent={shown === list.listId}
            >
              <span className="todo-dot" data-color={list.color} />
              <span className="todo-places-name">{list.name}</span>
              {list.memberCount > 1 && (
                <>
                  <PeopleIcon />
                  <span className="visually-hidden">{text.shared}</span>
                </>
              )}{" "}
              <Count of={openIn(list)} />
            </PlaceLink>
          </li>
        ))}
        <li>
          {isNaming ? (
            <LineField
              className="field todo-list-name"
              label={text.listName}
              placeholder={text.listName}
              most={todoLimits.listNameLength}
              onLine={(name) => {
                setNaming(false);
                onAddList(name);
              }}
              onLeave={() => setNaming(false)}
            />
          ) : (
            <button type="button" className="link-button todo-add-list" onClick={() => setNaming(true)}>
              + {text.newList}
            </button>
          )}
        </li>
      </ul>
    </nav>
  );
});

const isDueBy = (day: string) => (todo: ViewedList["todos"][number]) =>
  !todo.isDone && todo.due !== null && todo.due.date <= day;

function openIn(list: ViewedList | undefined): number {
  return list?.todos.filter(({ isDone }) => !isDone).length ?? 0;
}

function Count({ of }: { readonly of: number }) {
  return of > 0 && <span className="todo-places-count">{of}</span>;
}
