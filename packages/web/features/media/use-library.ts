"use client";

import type { Locale } from "@haru/core/locale";
import { type Media, maxPicturesAtOnce } from "@haru/core/media/media.contract";
import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { fileSize } from "../site/file-size.ts";
import { type Pages, withPage } from "../site/pages.ts";
import { mediaMessages } from "./messages.ts";

const pauseMilliseconds = 250;

/** Pictures that are being made are asked after at first so soon, then more and more seldom. */
const firstAskMilliseconds = 1_000;
const longestAskMilliseconds = 15_000;

/** The grid's pictures, page by page. */
export function useLibrary(locale: Locale, search: string) {
  const [page, setPage] = useState<Pages<Media>>();
  const [hasFailed, setFailed] = useState(false);
  const [usage, setUsage] = useState<string>();

  const load = useCallback(
    async (cursor: string | undefined, signal?: AbortSignal) => {
      setFailed(false);
      try {
        const { media } = browserApi(locale);
        const asked = { ...(search ? { text: search } : {}), ...(cursor ? { cursor } : {}) };
        const next = await media.list(asked, signal ? { signal } : {});
        if (signal?.aborted) return;
        setPage((shown) => withPage(shown, cursor, next));
        const { bytes, quotaBytes, count } = await media.usage({});
        setUsage(mediaMessages[locale].used(fileSize(bytes, locale), fileSize(quotaBytes, locale), count));
      } catch {
        if (!signal?.aborted) setFailed(true);
      }
    },
    [locale, search],
  );

  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => void load(undefined, abort.signal), search ? pauseMilliseconds : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [load, search]);

  const underWay = page?.items.filter(isUnderWay).map(({ mediaId }) => mediaId) ?? [];
  useUnderWay(locale, underWay, (known) =>
    setPage(
      (shown) =>
        shown && {
          ...shown,
          items: shown.items.map((item) => known.find(({ mediaId }) => mediaId === item.mediaId) ?? item),
        },
    ),
  );

  return {
    items: page?.items,
    hasMore: page?.cursor !== undefined,
    hasFailed,
    usage,
    reload: () => load(undefined),
    loadMore: () => load(page?.cursor),
  };
}

function isUnderWay({ state }: Media): boolean {
  return state === "waiting" || state === "processing";
}

/** Asks after pictures until none of them is under way any more. */
function useUnderWay(
  locale: Locale,
  mediaIds: readonly string[],
  onKnown: (known: readonly Media[]) => void,
): void {
  const asked = mediaIds.slice(0, maxPicturesAtOnce).join(",");
  const tell = useEffectEvent(onKnown);
  useEffect(() => {
    if (!asked) return;
    let waitMilliseconds = firstAskMilliseconds;
    let timer = setTimeout(ask, waitMilliseconds);
    let isOver = false;
    async function ask(): Promise<void> {
      const known = await browserApi(locale)
        .media.readMany({ mediaIds: asked })
        .catch(() => undefined);
      if (isOver) return;
      if (known) tell(known.items);
      waitMilliseconds = Math.min(waitMilliseconds * 1.5, longestAskMilliseconds);
      timer = setTimeout(ask, waitMilliseconds);
    }
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [asked, locale]);
}
