"use client";

import type { EditorView } from "@codemirror/view";
import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import { type RefObject, useEffect, useRef, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { pictureReady } from "../media/editor-upload.ts";
import type { DraftMessages } from "./messages.ts";
import { RenderedText } from "./rendered-text.tsx";
import { scrollInStep } from "./scroll-in-step.ts";

const pauseMilliseconds = 250;

interface PreviewProps {
  readonly title: string;
  readonly description: string;
  readonly markdown: string;
  readonly lang: Locale;
  readonly locale: Locale;
  readonly text: DraftMessages;
  /** The text that it follows when that is scrolled. */
  readonly editor: RefObject<EditorView | undefined>;
}

type Rendered = { readonly html: string; readonly readingMinutes: number };

/**
 * The post as readers would see it, rendered by the server that renders it for them. Only the
 * last request counts: each change drops the one before, so that answers cannot overtake.
 */
export function Preview({ title, description, markdown, lang, locale, text, editor }: PreviewProps) {
  const [rendered, setRendered] = useState<Rendered>();
  const [failure, setFailure] = useState("");
  const [picturesReady, setPicturesReady] = useState(0);
  const pane = useRef<HTMLElement>(null);

  useEffect(() => (pane.current ? scrollInStep(() => editor.current, pane.current) : undefined), [editor]);

  useEffect(() => {
    const renderAgain = () => setPicturesReady((times) => times + 1);
    pictureReady.addEventListener("ready", renderAgain);
    return () => pictureReady.removeEventListener("ready", renderAgain);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the same text shows more once its pictures are ready.
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const answer = await browserApi(locale).post.preview({ markdown }, { signal: abort.signal });
        if (abort.signal.aborted) return;
        setRendered(answer);
        setFailure("");
      } catch (error) {
        if (abort.signal.aborted) return;
        setFailure(
          error instanceof ApiError && error.code === "unprocessable" ? error.message : text.previewFailed,
        );
      }
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [markdown, locale, text, picturesReady]);

  const isEmpty = title === "" && markdown.trim() === "";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keyboards scroll what has the focus.
    <section ref={pane} className="preview" aria-label={text.preview} lang={lang} tabIndex={0}>
      {failure && (
        <p className="banner banner-bad" lang={locale}>
          {failure}
        </p>
      )}
      {isEmpty && (
        <p className="note" lang={locale}>
          {text.previewEmpty}
        </p>
      )}
      {title && <p className="preview-title">{title}</p>}
      {description && <p className="post-lead">{description}</p>}
      {rendered && markdown.trim() !== "" && (
        <>
          <p className="meta" lang={locale}>
            {text.readingTime(rendered.readingMinutes)}
          </p>
          <RenderedText html={rendered.html} locale={locale} />
        </>
      )}
    </section>
  );
}
