"use client";

import type { Locale } from "@haru/core/locale";
import { useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { mediaMessages } from "./messages.ts";
import type { Upload, UploadQueue } from "./upload-queue.ts";

interface UploadListProps {
  readonly locale: Locale;
  readonly queue: UploadQueue;
  readonly uploads: readonly Upload[];
  /** Called when the person described a picture. */
  readonly onDescribed?: ((mediaId: string, alt: string) => void) | undefined;
}

/** Uploads with what becomes of each; finished ones ask for a description. */
export function UploadList({ locale, queue, uploads, onDescribed }: UploadListProps) {
  const text = mediaMessages[locale];
  if (uploads.length === 0) return null;
  return (
    <ul className="uploads" aria-label={text.uploads}>
      {uploads.map((upload) => (
        <li key={upload.id} className="upload" data-state={upload.state}>
          <img
            className="upload-picture"
            src={upload.media?.picture?.thumbnail.src ?? upload.localUrl}
            alt=""
          />
          <div className="upload-text">
            <p className="upload-name">{upload.name}</p>
            {upload.state === "ready" && upload.media ? (
              <AltField locale={locale} upload={upload} onDescribed={onDescribed} />
            ) : (
              <p className="upload-state" role="status">
                {upload.message ??
                  (upload.media?.refusal ? text.refusal[upload.media.refusal] : text.state[upload.state])}
              </p>
            )}
            {upload.state === "sending" && (
              <progress className="upload-progress" value={upload.progress} aria-label={upload.name} />
            )}
          </div>
          {upload.state === "failed" && (
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => queue.retry(upload.id)}
            >
              {text.retry}
            </button>
          )}
          <EndButton locale={locale} queue={queue} upload={upload} />
        </li>
      ))}
    </ul>
  );
}

function EndButton({
  locale,
  queue,
  upload,
}: Omit<UploadListProps, "uploads"> & { readonly upload: Upload }) {
  const text = mediaMessages[locale];
  const isOver = upload.state === "ready" || upload.state === "refused";
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={isOver ? text.dismiss(upload.name) : text.cancel(upload.name)}
      onClick={() => (isOver ? queue.dismiss(upload.id) : queue.cancel(upload.id))}
    >
      ×
    </button>
  );
}

function AltField({
  locale,
  upload,
  onDescribed,
}: Pick<UploadListProps, "locale" | "onDescribed"> & { readonly upload: Upload }) {
  const text = mediaMessages[locale];
  const [alt, setAlt] = useState(upload.media?.alt ?? "");
  const [stored, setStored] = useState(alt);

  async function store(): Promise<void> {
    const mediaId = upload.media?.mediaId;
    if (!mediaId || alt === stored) return;
    onDescribed?.(mediaId, alt);
    setStored(alt);
    // The text has it already; the library is told as well as it can be.
    await browserApi(locale)
      .media.update({ mediaId, alt })
      .catch(() => setStored(stored));
  }

  return (
    <input
      className="input upload-alt"
      aria-label={text.altOf(upload.name)}
      placeholder={text.alt}
      maxLength={500}
      value={alt}
      onChange={(event) => setAlt(event.target.value)}
      onBlur={store}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) store();
      }}
    />
  );
}
