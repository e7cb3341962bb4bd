"use client";

import type { Locale } from "@haru/core/locale";
import type { Todo, TodoPatch } from "@haru/core/todo/todo.contract";
import type { TodoMessages } from "./messages.ts";
import type { Overwriting } from "./store/database.ts";
import type { Snapshot } from "./store/snapshot.ts";
import { Replaced } from "./todo-history.tsx";

/** How things stand, in a few words, and never better than they are. */
export function SyncLine({ snapshot, text }: { snapshot: Snapshot; text: TodoMessages }) {
  const { sync, waiting } = snapshot;
  const state = text.sync[sync];
  const words = waiting > 0 && sync !== "syncing" ? `${text.waiting(waiting)} · ${state}` : state;
  return (
    <p className="todo-sync" role="status" data-state={waiting > 0 ? "waiting" : sync}>
      {waiting === 0 || sync !== "synced" ? words : text.waiting(waiting)}
    </p>
  );
}

interface TroublesProps {
  readonly snapshot: Snapshot;
  readonly locale: Locale;
  readonly text: TodoMessages;
  onRetry(): void;
  onDismissRefused(): void;
  onDismissOverwritings(): void;
  onRestore(todo: Todo, patch: TodoPatch): void;
}

/** What needs the person: changes that are not stored, that were refused, or that replaced another one. */
export function Troubles(props: TroublesProps) {
  const { snapshot, locale, text, onRetry, onDismissRefused, onDismissOverwritings, onRestore } = props;
  const { unsaved, refused, sync } = snapshot;
  const overwritings = snapshot.overwritings.filter(({ isSeen }) => !isSeen);
  const reasons = [...new Set(refused.map(({ reason }) => text.reasons[reason ?? "invalid"]))];
  return (
    <>
      {sync === "signed_out" && (
        <div className="banner banner-accent" role="alert">
          <p>{text.sync.signed_out}</p>
          <a className="button button-quiet button-small" href={`/${locale}/sign-in?next=/${locale}/todos`}>
            {text.signIn}
          </a>
        </div>
      )}
      {unsaved > 0 && (
        <div className="banner banner-bad" role="alert">
          <p>{text.unsaved(unsaved)}</p>
          <button type="button" className="button button-quiet button-small" onClick={onRetry}>
            {text.tryAgain}
          </button>
        </div>
      )}
      {refused.length > 0 && (
        <div className="banner banner-bad" role="alert">
          <p>
            {text.refused(refused.length)} {reasons.join(", ")}.
          </p>
          <button type="button" className="button button-quiet button-small" onClick={onDismissRefused}>
            {text.dismiss}
          </button>
        </div>
      )}
      {overwritings.length > 0 && (
        <div className="banner banner-accent" role="alert">
          <p>{text.overwritten(overwritings.length)}</p>
          <ul className="todo-overwritings">
            {overwritings.map((overwriting) => (
              <OverwrittenTodo
                key={`${overwriting.listId}/${overwriting.change.seq}`}
                {...{ overwriting, locale, text, onRestore }}
              />
            ))}
          </ul>
          <button type="button" className="button button-quiet button-small" onClick={onDismissOverwritings}>
            {text.dismiss}
          </button>
        </div>
      )}
    </>
  );
}

interface OverwrittenTodoProps {
  readonly overwriting: Overwriting;
  readonly locale: Locale;
  readonly text: TodoMessages;
  onRestore(todo: Todo, patch: TodoPatch): void;
}

function OverwrittenTodo({ overwriting, locale, text, onRestore }: OverwrittenTodoProps) {
  const { todo } = overwriting.change;
  if (!todo) return null;
  return (
    <li>
      <strong>{todo.title}</strong>
      <Replaced {...{ overwriting, locale, text }} onRestore={(patch) => onRestore(todo, patch)} />
    </li>
  );
}
