"use client";

import type { Locale } from "@haru/core/locale";
import type { Media } from "@haru/core/media/media.contract";
import { useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";

const pauseMilliseconds = 1_500;

/**
 * A picture of this site by an address such as `media:med_…`, asked for until it is ready or refused.
 * Any other address answers nothing.
 */
export function usePicture(locale: Locale, address: string | undefined): Media | undefined {
  const [media, setMedia] = useState<Media>();
  const mediaId = address?.startsWith("media:") ? address.slice("media:".length) : undefined;
  useEffect(() => {
    setMedia(undefined);
    if (mediaId === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = async () => {
      const known = await browserApi(locale)
        .media.read({ mediaId })
        .catch(() => undefined);
      if (isOver) return;
      setMedia(known);
      const isUnderWay = known?.state === "waiting" || known?.state === "processing";
      if (isUnderWay) timer = setTimeout(ask, pauseMilliseconds);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [locale, mediaId]);
  return media;
}
