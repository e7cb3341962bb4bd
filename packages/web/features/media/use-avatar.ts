"use client";

import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import type { AvatarState } from "@haru/core/media/media.contract";
import type { Avatar } from "@haru/core/media/picture.contract";
import { maxFormBytes } from "@haru/core/media/upload.contract";
import { useEffect, useRef, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { contentTypeOf } from "./content-type.ts";
import { mediaMessages } from "./messages.ts";
import { sendFile } from "./send-file.ts";

/** Most are ready within seconds; looks come less and less often. */
const looks = { firstMilliseconds: 1_000, growth: 1.5, longestMilliseconds: 30_000 };

interface Shown {
  /** What everybody sees now. */
  readonly avatar: Avatar | undefined;
  /** The file of this device, from the choice on until everybody sees it. */
  readonly localUrl?: string;
  readonly isBusy: boolean;
  /** How far it is, or why it did not become one, for the person. */
  readonly message?: string | undefined;
}

/** The actor's avatar: the one that is there, the way of another one to its place, and its removal. */
export function useAvatar(locale: Locale, first: Avatar | undefined) {
  const { state: steps, refusal, notAPicture, tooLarge, sendFailed } = mediaMessages[locale];
  const { media } = browserApi(locale);
  const [shown, setShown] = useState<Shown>({ avatar: first, isBusy: false });
  const page = useRef(new AbortController());
  useEffect(() => {
    page.current = new AbortController();
    return () => page.current.abort();
  }, []);

  /** Tells what became of something that may fail, while the page is open. */
  async function attempt(run: (signal: AbortSignal) => Promise<Partial<Shown>>): Promise<void> {
    const { signal } = page.current;
    const ended = await run(signal).catch((error: unknown) => ({
      message: error instanceof ApiError ? error.message : sendFailed,
    }));
    if (signal.aborted) return;
    setShown(({ avatar }) => ({ avatar, isBusy: false, ...ended }));
  }

  const choose = (file: File) =>
    attempt(async (signal) => {
      const contentType = contentTypeOf(file);
      if (!contentType) return { message: notAPicture };
      if (file.size > maxFormBytes) return { message: tooLarge(maxFormBytes) };
      const localUrl = URL.createObjectURL(file);
      const tell = (message: string) =>
        setShown(({ avatar }) => ({ avatar, localUrl, isBusy: true, message }));
      try {
        tell(steps.sending);
        const { upload } = await media.beginAvatar({ contentType, bytes: file.size });
        await sendFile(file, upload, { signal, onProgress: () => {} });
        tell(steps.processing);
        const { avatar, ...known } = await untilKnown(signal);
        const message = known.refusal ? refusal[known.refusal] : steps.ready;
        return { avatar, message };
      } finally {
        URL.revokeObjectURL(localUrl);
      }
    });

  async function untilKnown(signal: AbortSignal): Promise<AvatarState> {
    for (let pause = looks.firstMilliseconds; ; pause *= looks.growth) {
      const known = await media.readAvatar({}, { signal });
      if (known.state !== "waiting" && known.state !== "processing") return known;
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, looks.longestMilliseconds)));
    }
  }

  const remove = () =>
    attempt(async () => {
      await media.removeAvatar({});
      return { avatar: undefined };
    });

  return { ...shown, choose, remove };
}
