"use client";

import { Toast } from "@base-ui/react/toast";
import { type Locale, locales } from "@haru/core/locale";
import { postStates } from "@haru/core/post/post.contract";
import Link from "next/link";
import { useCallback, useEffect, useId, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { withPage } from "../site/pages.ts";
import { actionsFor, changePosts } from "./bulk-actions.ts";
import { DraftRow } from "./draft-row.tsx";
import { type DraftFilter, type DraftPage, findDrafts } from "./find-drafts.ts";
import { type BulkAction, draftMessages } from "./messages.ts";
import { Toasts } from "./toasts.tsx";

const typingPauseMilliseconds = 250;

export function DraftList({ locale }: { locale: Locale }) {
  return (
    <Toast.Provider>
      <DraftTable locale={locale} />
      <Toasts text={draftMessages[locale]} />
    </Toast.Provider>
  );
}

/** Every post of the author, last changed first: found by words, state and language, changed many at a time. */
function DraftTable({ locale }: { locale: Locale }) {
  const text = draftMessages[locale];
  const id = useId();
  const toasts = Toast.useToastManager();
  const [filter, setFilter] = useState<DraftFilter>({ words: "", state: "", lang: "" });
  const [page, setPage] = useState<DraftPage>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setBusy] = useState(false);
  /** What could not be read: the list, or what follows what is shown of it. */
  const [failed, setFailed] = useState<"list" | "more">();

  const read = useCallback(
    (after?: DraftPage) => findDrafts(browserApi(locale), filter, after),
    [locale, filter],
  );

  const load = useCallback(
    async (isCurrent: () => boolean = () => true) => {
      setFailed(undefined);
      try {
        const first = await read();
        if (isCurrent()) setPage(first);
      } catch {
        if (isCurrent()) setFailed("list");
      }
    },
    [read],
  );

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => load(() => isCurrent), filter.words ? typingPauseMilliseconds : 0);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [load, filter.words]);

  async function loadMore(): Promise<void> {
    setFailed(undefined);
    try {
      const next = await read(page);
      setPage((shown) => withPage(shown, page?.cursor, next));
    } catch {
      setFailed("more");
    }
  }

  async function change(action: BulkAction): Promise<void> {
    setBusy(true);
    const wanted = (page?.items ?? []).filter(({ postId }) => chosen.has(postId));
    const { done, failed } = await changePosts(browserApi(locale).post, action, wanted);
    const undo = action === "remove" ? ("restore" as const) : undefined;
    toasts.add({
      description: failed === 0 ? text.list.done(done.length) : text.list.partly(done.length, failed),
      ...(undo && done.length > 0
        ? {
            actionProps: {
              children: text.undo,
              onClick: async () => {
                await changePosts(browserApi(locale).post, undo, done);
                await load();
              },
            },
          }
        : {}),
    });
    setChosen(new Set());
    setBusy(false);
    await load();
  }

  const isFiltered = filter.words !== "" || filter.state !== "" || filter.lang !== "";
  const chosenPosts = (page?.items ?? []).filter(({ postId }) => chosen.has(postId));
  return (
    <>
      <div className="drafts-head">
        <h1>{text.list.title}</h1>
        <div className="drafts-ways">
          <Link className="button button-quiet" href={`/${locale}/write/transfer`}>
            {text.list.transfer}
          </Link>
          <Link className="button" href={`/${locale}/write/new`}>
            {text.list.write}
          </Link>
        </div>
      </div>
      <search className="drafts-filter">
        <label className="visually-hidden" htmlFor={`${id}-words`}>
          {text.list.search}
        </label>
        <input
          id={`${id}-words`}
          className="input"
          type="search"
          maxLength={200}
          placeholder={text.list.search}
          value={filter.words}
          onChange={(event) => setFilter({ ...filter, words: event.target.value })}
        />
        <select
          className="input"
          aria-label={text.list.filter}
          value={filter.state}
          onChange={(event) => setFilter({ ...filter, state: event.target.value as DraftFilter["state"] })}
        >
          <option value="">{text.list.everything}</option>
          {postStates.map((state) => (
            <option key={state} value={state}>
              {text.list.state[state]}
            </option>
          ))}
        </select>
        <select
          className="input"
          aria-label={text.list.language}
          value={filter.lang}
          onChange={(event) => setFilter({ ...filter, lang: event.target.value as DraftFilter["lang"] })}
        >
          <option value="">{text.list.everyLanguage}</option>
          {locales.map((lang) => (
            <option key={lang} value={lang}>
              {text.languages[lang]}
            </option>
          ))}
        </select>
      </search>
      {chosenPosts.length > 0 && (
        <div className="banner drafts-actions">
          <p role="status">{text.list.selected(chosenPosts.length)}</p>
          {actionsFor(chosenPosts).map((action) => (
            <button
              key={action}
              type="button"
              className="button button-quiet button-small"
              disabled={isBusy}
              onClick={() => change(action)}
            >
              {text.list.actions[action]}
            </button>
          ))}
        </div>
      )}
      {failed && (
        <div className="banner banner-bad" role="alert">
          <p>{text.list.failed}</p>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => (failed === "list" ? load() : loadMore())}
          >
            {text.list.again}
          </button>
        </div>
      )}
      {!page && !failed && <DraftSkeletons label={text.list.loading} />}
      {page?.items.length === 0 && !page.cursor && (
        <div className="empty">
          <p className="empty-title">{isFiltered ? text.list.none : text.list.empty.title}</p>
          {!isFiltered && <p>{text.list.empty.text}</p>}
        </div>
      )}
      <ul className="drafts">
        {page?.items.map((draft) => (
          <DraftRow
            key={draft.postId}
            draft={draft}
            locale={locale}
            text={text}
            isChosen={chosen.has(draft.postId)}
            onChoose={(isChosen) => {
              const next = new Set(chosen);
              if (isChosen) next.add(draft.postId);
              else next.delete(draft.postId);
              setChosen(next);
            }}
          />
        ))}
      </ul>
      {page?.cursor && (
        <button type="button" className="button button-quiet" onClick={loadMore}>
          {text.list.more}
        </button>
      )}
    </>
  );
}

function DraftSkeletons({ label }: { label: string }) {
  return (
    <div className="drafts" role="status" aria-label={label}>
      {["first", "second", "third"].map((row) => (
        <div className="skeleton skeleton-draft" key={row} />
      ))}
    </div>
  );
}
