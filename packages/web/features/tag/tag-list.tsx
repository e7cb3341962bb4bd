"use client";

import type { Locale } from "@haru/core/locale";
import type { Tag } from "@haru/core/tag/tag.contract";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { Loaded } from "../site/loaded.tsx";
import { type TagMessages, tagMessages } from "./messages.ts";
import { TagRow } from "./tag-row.tsx";

const tagsPerPage = 200;
/** Posts follow their tag within seconds; looks come less and less often, and end after about two minutes. */
const looks = { firstMilliseconds: 1_000, growth: 1.5, most: 10 };

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
  const moving = page.items.filter(({ movedTo }) => movedTo);
  // How many posts are still on the way: as long as that changes, the move is alive.
  const progress = moving.map(({ name, count }) => `${name} ${count}`).join();
  const [look, setLook] = useState({ progress, count: 0 });
  const count = look.progress === progress ? look.count : 0;
  const isStuck = progress !== "" && count >= looks.most;
  useEffect(() => {
    if (progress === "" || hasFailed || isStuck) return;
    const timer = setTimeout(
      async () => {
        await show(pages);
        setLook({ progress, count: count + 1 });
      },
      looks.firstMilliseconds * looks.growth ** count,
    );
    return () => clearTimeout(timer);
  }, [progress, count, isStuck, hasFailed, show, pages]);

  async function moveAgain(): Promise<void> {
    setLook({ progress, count: 0 });
    try {
      for (const { name, movedTo } of moving)
        if (movedTo) await browserApi(locale).tag.move({ lang, name, title: movedTo.title });
    } catch {
      setFailed(true);
    }
  }

  return (
    <>
      {isStuck && (
        <div className="banner" role="status">
          <p>{text.stuck}</p>
          <button type="button" className="button button-quiet button-small" onClick={moveAgain}>
            {text.moveAgain}
          </button>
        </div>
      )}
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
