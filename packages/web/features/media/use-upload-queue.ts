"use client";

import type { Locale } from "@haru/core/locale";
import { maxUploadBytes } from "@haru/core/media/upload.contract";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { browserApi } from "../../browser-api.ts";
import { openSocket } from "../site/socket.ts";
import { mediaMessages } from "./messages.ts";
import { uploadFile } from "./upload-file.ts";
import { type Upload, UploadQueue, type UploadServer } from "./upload-queue.ts";

function serverFor(locale: Locale): UploadServer {
  const { media } = browserApi(locale);
  return {
    send: (file, contentType, idempotencyKey, sending) =>
      uploadFile(media, file, contentType, { idempotencyKey }, sending),
    readMany: async (mediaIds) => (await media.readMany({ mediaIds: mediaIds.join(",") })).items,
    remove: async (mediaId) => {
      await media.remove({ mediaId });
    },
  };
}

/** The uploads of one page, for as long as it is open. */
export function useUploadQueue(locale: Locale): {
  readonly queue: UploadQueue;
  readonly uploads: readonly Upload[];
} {
  const queue = useMemo(() => {
    const { notAPicture, refusal, tooLarge, sendFailed, paused } = mediaMessages[locale];
    const { empty } = refusal;
    const texts = { notAPicture, empty, tooLarge: tooLarge(maxUploadBytes), failed: sendFailed, paused };
    return new UploadQueue(serverFor(locale), texts);
  }, [locale]);
  const uploads = useSyncExternalStore(queue.subscribe, queue.uploads, queue.uploads);
  const isBusy = uploads.some(({ state }) => state === "sending" || state === "processing");
  useEffect(() => {
    if (!isBusy) return;
    const look = () => queue.look();
    return openSocket(browserApi(locale), look, ({ topic }) => topic === "media" && look());
  }, [isBusy, queue, locale]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (queue.uploads().some(({ state }) => state === "queued" || state === "sending"))
        event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => {
      removeEventListener("beforeunload", warn);
      queue.stop();
    };
  }, [queue]);
  return { queue, uploads };
}
