"use client";

import { idSchema, type ListId } from "@haru/core/id";
import type { Locale } from "@haru/core/locale";
import { useMemo, useSyncExternalStore } from "react";
import { type Filter, filters } from "./messages.ts";

/** What a page of todos shows: a list, the everyday one when none is named, or the days of all lists. */
export type Place =
  | { readonly view: "list"; readonly listId?: ListId; readonly filter: Filter }
  | { readonly view: "today" | "upcoming" | "search" }
  | { readonly view: "join"; readonly listId: ListId; readonly token: string };

const moved = "haru-todo-moved";
const listIdSchema = idSchema("list");

/** The place that the address names. It is read here, since an offline page is the same file at every address. */
export function usePlace(): Place {
  const path = useSyncExternalStore(
    subscribe,
    () => location.pathname,
    () => "",
  );
  return useMemo(() => placeAt(path), [path]);
}

/** The todo that the address asks for by its fragment, until it is there: reminders lead to it. Empty for none. */
export function useAskedTodo(): string {
  return useSyncExternalStore(
    subscribe,
    () => location.hash.slice(1),
    () => "",
  );
}

function placeAt(path: string): Place {
  const [first = "", second, third] = path.split("/").slice(3);
  if (first === "today" || first === "upcoming" || first === "search") return { view: first };
  const invited = first === "join" ? listIdSchema.safeParse(second).data : undefined;
  if (invited && third) return { view: "join", listId: invited, token: third };
  const listId = first === "lists" ? listIdSchema.safeParse(second).data : undefined;
  return { view: "list", ...(listId ? { listId } : {}), filter: filterOf(listId ? third : first) };
}

function filterOf(name: string | undefined): Filter {
  return filters.find((filter) => filter === name) ?? "all";
}

export function pathTo(locale: Locale, place: Place): string {
  const root = `/${locale}/todos`;
  if (place.view === "join") return `${root}/join/${place.listId}/${place.token}`;
  if (place.view !== "list") return `${root}/${place.view}`;
  const list = place.listId ? `${root}/lists/${place.listId}` : root;
  return place.filter === "all" ? list : `${list}/${place.filter}`;
}

/**
 * Goes to another place without asking the server for a page; `replace` leaves no way back to this one.
 * Next.js, which puts its own methods over the browser's, is not told: it would load a page for each place
 * that somebody goes back to, and put it over what is being written.
 */
export function goTo(path: string, way: "push" | "replace" = "push"): void {
  const { pushState, replaceState } = History.prototype;
  (way === "push" ? pushState : replaceState).call(history, null, "", path);
  dispatchEvent(new Event(moved));
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(moved, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(moved, listener);
  };
}
