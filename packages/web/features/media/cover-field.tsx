"use client";

import type { Locale } from "@haru/core/locale";
import type { PostSettings } from "@haru/core/post/post.contract";
import { useEffect, useState } from "react";
import { Field } from "../site/field.tsx";
import { mediaMessages } from "./messages.ts";
import { PickPictures } from "./pick-pictures.tsx";
import { usePicture } from "./use-picture.ts";
import { useUploadQueue } from "./use-upload-queue.ts";

type Cover = PostSettings["cover"];

interface CoverFieldProps {
  readonly locale: Locale;
  readonly cover: Cover;
  readonly errors: readonly string[] | undefined;
  readonly onChange: (cover: Cover) => void;
}

/** The picture above a post: one that is uploaded here, or any by its address, with its description. */
export function CoverField({ locale, cover, errors, onChange }: CoverFieldProps) {
  const text = mediaMessages[locale];
  const { queue, uploads } = useUploadQueue(locale);
  const [uploadId, setUploadId] = useState<string>();
  const upload = uploads.find(({ id }) => id === uploadId);
  const media = usePicture(locale, cover?.src);
  const isOwn = cover?.src.startsWith("media:") ?? false;
  const refusal = media?.refusal ?? upload?.media?.refusal;
  const uploadedId = upload?.media?.mediaId;

  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, as soon as the server has made room.
  useEffect(() => {
    if (uploadedId) onChange({ src: `media:${uploadedId}`, alt: cover?.alt ?? "" });
  }, [uploadedId]);

  return (
    <fieldset className="cover-field">
      <legend className="field-label">{text.cover.title}</legend>
      {(media?.picture || upload) && (
        <img className="cover-sample" src={media?.picture?.medium ?? upload?.localUrl} alt="" />
      )}
      <p className="note" role="status">
        {upload?.message ??
          (refusal ? text.refusal[refusal] : upload && upload.state !== "ready" && text.state[upload.state])}
      </p>
      <div className="library-actions">
        <PickPictures
          locale={locale}
          className="button button-quiet button-small"
          label={cover ? text.cover.change : text.cover.choose}
          onPick={(files) => setUploadId(queue.add(files.slice(0, 1))[0]?.id)}
        />
        {cover && (
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => {
              setUploadId(undefined);
              onChange(undefined);
            }}
          >
            {text.cover.remove}
          </button>
        )}
      </div>
      {!isOwn && (
        <Field
          label={text.cover.address}
          name="cover"
          inputMode="url"
          hint={text.cover.addressHint}
          value={cover?.src ?? ""}
          errors={errors}
          onChange={({ target: { value } }) => {
            const src = value.trim();
            onChange(src === "" ? undefined : { src, alt: cover?.alt ?? "" });
          }}
        />
      )}
      {cover && (
        <Field
          label={text.cover.alt}
          name="coverAlt"
          hint={text.altHint}
          maxLength={300}
          value={cover.alt}
          onChange={(event) => onChange({ ...cover, alt: event.target.value })}
        />
      )}
    </fieldset>
  );
}
