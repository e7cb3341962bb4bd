"use client";

import { ApiError } from "@haru/core/client";
import type { ListId } from "@haru/core/id";
import type { Locale } from "@haru/core/locale";
import type { SharedRole } from "@haru/core/todo/share.contract";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { refusalOf } from "../site/use-submit.ts";
import { PlaceLink } from "./place-link.tsx";
import { shareMessages } from "./share-messages.ts";
import type { TodoStore } from "./store/store.ts";
import type { ViewedList } from "./store/view.ts";
import { goTo, pathTo } from "./use-place.ts";

interface JoinListProps {
  readonly store: TodoStore;
  readonly listId: ListId;
  readonly token: string;
  readonly lists: readonly ViewedList[];
  readonly locale: Locale;
}

interface Opened {
  readonly name: string;
  readonly ownerName: string;
  readonly role: SharedRole;
  readonly isMember: boolean;
}

/** What an invitation is to, and the way in. */
export function JoinList({ store, listId, token, lists, locale }: JoinListProps) {
  const text = shareMessages[locale];
  const { todo: api } = browserApi(locale);
  const [opened, setOpened] = useState<Opened | "over">();
  const [trouble, setTrouble] = useState<string>();
  const [hasJoined, setJoined] = useState(false);
  const isHere = lists.some((list) => list.listId === listId);

  /** The server alone knows that an invitation is over, or was never one; what else fails may work in a moment. */
  const explain = useCallback(
    (error: unknown) => {
      if (error instanceof ApiError && ["not_found", "invalid_input"].includes(error.code))
        return setOpened("over");
      const { fields, message } = refusalOf(error, text.needsNetwork);
      setTrouble(message ?? Object.values(fields).flat().join(" "));
    },
    [text],
  );
  useEffect(() => {
    api.openInvitation({ listId, token }).then(setOpened, explain);
  }, [api, listId, token, explain]);

  // The list comes with the next pull. Then the invitation leaves the history, which nobody goes back to.
  useEffect(() => {
    if (hasJoined && isHere) goTo(pathTo(locale, { view: "list", listId, filter: "all" }), "replace");
  }, [hasJoined, isHere, locale, listId]);

  async function join(): Promise<void> {
    setTrouble(undefined);
    try {
      await api.join({ listId, token });
      setJoined(true);
      store.work();
    } catch (error) {
      explain(error);
    }
  }

  const alert = trouble && (
    <p className="banner banner-bad" role="alert">
      {trouble}
    </p>
  );
  if (!opened)
    return alert || <div className="skeleton skeleton-draft" role="status" aria-label={text.opening} />;
  if (opened === "over") {
    return (
      <div className="empty">
        <h1 className="empty-title">{text.invitationOver}</h1>
        <p>{text.invitationOverText}</p>
        <PlaceLink
          className="button button-quiet"
          locale={locale}
          to={{ view: "list", filter: "all" }}
          isCurrent={false}
        >
          {text.toTodos}
        </PlaceLink>
      </div>
    );
  }
  return (
    <div className="empty">
      <h1 className="empty-title">{text.invitedTo(opened.ownerName, opened.name)}</h1>
      <p>{text.asRole[opened.role]}</p>
      {alert}
      <button type="button" className="button" disabled={hasJoined && !isHere} onClick={join}>
        {opened.isMember ? text.openList : text.join}
      </button>
    </div>
  );
}
