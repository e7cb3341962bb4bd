"use client";

import { Dialog } from "@base-ui/react/dialog";
import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import type { Focus, Media } from "@haru/core/media/media.contract";
import { maxUploadBytes } from "@haru/core/media/upload.contract";
import { type FormEvent, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { copyAndSay } from "../site/copy-text.ts";
import { Field } from "../site/field.tsx";
import { contentTypeOf } from "./content-type.ts";
import { FocusField } from "./focus-field.tsx";
import { mediaMessages } from "./messages.ts";
import { PickPictures } from "./pick-pictures.tsx";
import { uploadFile } from "./upload-file.ts";

interface LibraryPictureProps {
  readonly locale: Locale;
  readonly media: Media;
  readonly onClose: () => void;
  readonly onChange: () => void;
}

type Use = { readonly postId: string; readonly title: string; readonly isPublished: boolean };

/** What is said about one picture, where it is used, and its end. */
export function LibraryPicture({ locale, media, onClose, onChange }: LibraryPictureProps) {
  const text = mediaMessages[locale];
  const [focus, setFocus] = useState<Focus | undefined>(media.focus);
  const [uses, setUses] = useState<readonly Use[]>();
  const [notice, setNotice] = useState("");
  const [isUsed, setUsed] = useState(false);
  const [sending, setSending] = useState<{ readonly share: number; readonly stop: AbortController }>();

  useEffect(() => {
    const { mediaId } = media;
    browserApi(locale)
      .media.uses({ mediaId })
      .then(({ items }) => setUses(items))
      .catch(() => setNotice(text.failed));
  }, [locale, media, text]);

  async function attempt(act: () => Promise<void>): Promise<void> {
    setNotice("");
    try {
      await act();
      onChange();
    } catch (error) {
      setUsed(error instanceof ApiError && error.code === "conflict");
      setNotice(error instanceof ApiError ? error.message : text.failed);
    }
  }

  function save(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string) => String(form.get(name) ?? "");
    const { mediaId } = media;
    void attempt(async () => {
      await browserApi(locale).media.update({
        mediaId,
        alt: said("alt"),
        caption: said("caption"),
        ...(focus ? { focus } : { crop: "automatic" }),
      });
      setNotice(text.saved);
    });
  }

  const remove = () =>
    attempt(async () => {
      await browserApi(locale).media.remove({
        mediaId: media.mediaId,
        ...(isUsed ? { evenIfUsed: "yes" } : {}),
      });
      onClose();
    });

  const replace = ([file]: readonly File[]) =>
    attempt(async () => {
      const contentType = file && contentTypeOf(file);
      if (!file) return;
      if (!contentType) return setNotice(text.notAPicture);
      if (file.size > maxUploadBytes) return setNotice(text.tooLarge(maxUploadBytes));
      const { mediaId } = media;
      const stop = new AbortController();
      setSending({ share: 0, stop });
      try {
        await uploadFile(
          browserApi(locale).media,
          file,
          contentType,
          { mediaId },
          {
            signal: stop.signal,
            onProgress: (share) => setSending({ share, stop }),
            onPause: (isPaused) => setNotice(isPaused ? text.paused : text.state.sending),
          },
        );
        setNotice(text.state.processing);
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        setNotice("");
      } finally {
        setSending(undefined);
      }
    });

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-veil" />
        <Dialog.Popup className="library-sheet" lang={locale}>
          <Dialog.Title className="library-sheet-title">{media.name}</Dialog.Title>
          {media.refusal && <p className="banner banner-bad">{text.refusal[media.refusal]}</p>}
          {media.picture && (
            <FocusField locale={locale} picture={media.picture} focus={focus} onChange={setFocus} />
          )}
          <form className="library-form" onSubmit={save}>
            <Field label={text.alt} name="alt" hint={text.altHint} defaultValue={media.alt} maxLength={500} />
            <Field label={text.caption} name="caption" defaultValue={media.caption} maxLength={500} />
            <div className="library-actions">
              <button type="submit" className="button button-small">
                {text.save}
              </button>
              <button
                type="button"
                className="button button-quiet button-small"
                onClick={async () => {
                  const { sentence } = await copyAndSay(`![${media.alt}](media:${media.mediaId})`, locale);
                  setNotice(sentence);
                }}
              >
                {text.copy}
              </button>
              <PickPictures
                locale={locale}
                className="button button-quiet button-small"
                label={text.replace}
                onPick={replace}
              />
              <button
                type="button"
                className="button button-quiet button-small library-remove"
                onClick={remove}
              >
                {isUsed ? text.removeUsed : text.remove}
              </button>
            </div>
          </form>
          <p className="note" role="status">
            {notice}
          </p>
          {sending && (
            <div className="library-actions">
              <progress className="upload-progress" value={sending.share} aria-label={text.state.sending} />
              <button
                type="button"
                className="button button-quiet button-small"
                onClick={() => sending.stop.abort()}
              >
                {text.stop}
              </button>
            </div>
          )}
          <section>
            <h2 className="field-label">{text.uses}</h2>
            {uses?.length === 0 && <p className="note">{text.noUses}</p>}
            <ul className="library-uses">
              {uses?.map(({ postId, title, isPublished }) => (
                <li key={postId}>
                  <a className="text-link" href={`/${locale}/write/${postId}`}>
                    {title}
                  </a>{" "}
                  <span className="note">{isPublished ? text.published : text.draft}</span>
                </li>
              ))}
            </ul>
          </section>
          <Dialog.Close className="icon-button library-close" aria-label={text.close}>
            ×
          </Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
