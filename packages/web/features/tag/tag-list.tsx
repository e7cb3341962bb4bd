"use client";

import type { Locale } from "@haru/core/locale";
import type { Tag } from "@haru/core/tag/tag.contract";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { Loaded } from "../site/loaded.tsx";
import { type TagMessages, tagMessages } from "./messages.ts";
import { TagRow } from "./tag-row.tsx";

const tagsPerPage = 200;
/** Posts follow their tag within seconds. */
const lookAgainMilliseconds = 1_500;

interface TagsProps {
  /** The page's language. */
  readonly locale: Locale;
  /** The language of the posts whose tags these are. */
  readonly lang: Locale;
}

interface Page {
  readonly items: readonly Tag[];
  readonly cursor?: string | undefined;
}

/** The tags of a language, each to be described, renamed, or made one with another. */
export function TagList({ locale, lang }: TagsProps) {
  const text = tagMessages[locale];
  const read = useCallback(() => readPages(locale, lang, 1), [locale, lang]);
  return (
    <Loaded read={read} text={text}>
      {(first) => <Tags locale={locale} lang={lang} first={first} text={text} />}
    </Loaded>
  );
}

function Tags({ locale, lang, first, text }: TagsProps & { first: Page; text: TagMessages }) {
  const [page, setPage] = useState(first);
  const [pages, setPages] = useState(1);
  const [opened, setOpened] = useState<string>();
  const [hasFailed, setFailed] = useState(false);

  const show = useCallback(
    async (wanted: number) => {
      try {
        setPage(await readPages(locale, lang, wanted));
        setPages(wanted);
        setFailed(false);
      } catch {
        setFailed(true);
      }
    },
    [locale, lang],
  );
  const isMoving = page.items.some(({ movedTo }) => movedTo);
  useEffect(() => {
    if (!isMoving || hasFailed) return;
    const timer = setInterval(() => show(pages), lookAgainMilliseconds);
    return () => clearInterval(timer);
  }, [isMoving, hasFailed, show, pages]);

  return (
    <>
      {hasFailed && (
        <div className="banner banner-bad" role="alert">
          <p>{text.failed}</p>
          <button type="button" className="button button-quiet button-small" onClick={() => show(pages)}>
            {text.again}
          </button>
        </div>
      )}
      {page.items.length === 0 && <p className="empty">{text.none}</p>}
      <ul className="kept-tags">
        {page.items.map((tag) => (
          <TagRow
            key={tag.name}
            locale={locale}
            tag={tag}
            others={page.items}
            isOpen={opened === tag.name}
            text={text}
            onOpen={(isOpen) => setOpened(isOpen ? tag.name : undefined)}
            onChange={() => show(pages)}
          />
        ))}
      </ul>
      {page.cursor && (
        <button type="button" className="button button-quiet" onClick={() => show(pages + 1)}>
          {text.more}
        </button>
      )}
    </>
  );
}

async function readPages(locale: Locale, lang: Locale, pages: number): Promise<Page> {
  const items: Tag[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < pages; count++) {
    const page = await browserApi(locale).tag.list({
      lang,
      limit: tagsPerPage,
      ...(cursor ? { cursor } : {}),
    });
    items.push(...page.items);
    cursor = page.cursor;
    if (!cursor) break;
  }
  return { items, cursor };
}
