"use client";

import type { Locale } from "@haru/core/locale";
import { useEffect, useState, useSyncExternalStore } from "react";
import { browserApi } from "../../browser-api.ts";
import { readSession } from "../account/session-client.ts";
import { accountKey } from "./store/forget.ts";
import type { Snapshot } from "./store/snapshot.ts";
import { TodoStore } from "./store/store.ts";
import { keepInStep } from "./store/sync.ts";

/** Opens the todos of whoever is signed in: at once those of the last person, and others if it is somebody else. */
export function useTodoStore(locale: Locale): TodoStore | undefined {
  const [accountId, setAccountId] = useState<string>();
  const [store, setStore] = useState<TodoStore>();

  useEffect(() => {
    const known = localStorage.getItem(accountKey);
    if (known) setAccountId(known);
    readSession().then(
      (session) => {
        if (!session.signedIn) return;
        localStorage.setItem(accountKey, session.accountId);
        setAccountId(session.accountId);
      },
      // Without a network the last person's todos are what there is; the sync state says so.
      () => {},
    );
  }, []);

  useEffect(() => {
    if (!accountId) return;
    const opened = new TodoStore(accountId);
    let stop: (() => void) | undefined;
    let isClosed = false;
    opened.load().then(
      () => {
        if (!isClosed) stop = keepInStep(opened, browserApi(locale));
      },
      (error: Error) => {
        console.warn("This browser keeps no todos.", error);
        opened.setSync("trouble");
      },
    );
    setStore(opened);
    return () => {
      isClosed = true;
      stop?.();
      void opened.close();
    };
  }, [accountId, locale]);
  return store;
}

const noSubscription = () => () => {};
const noSnapshot = () => undefined;

export function useSnapshot(store: TodoStore | undefined): Snapshot | undefined {
  return useSyncExternalStore(
    store?.subscribe ?? noSubscription,
    store?.getSnapshot ?? noSnapshot,
    noSnapshot,
  );
}
