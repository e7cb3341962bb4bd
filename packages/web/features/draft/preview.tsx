"use client";

import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import { useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import type { DraftMessages } from "./messages.ts";

const pauseMilliseconds = 250;

interface PreviewProps {
  readonly title: string;
  readonly description: string;
  readonly markdown: string;
  readonly lang: Locale;
  readonly locale: Locale;
  readonly text: DraftMessages;
}

type Rendered = { readonly html: string; readonly readingMinutes: number };

/**
 * The post as readers would see it, rendered by the server that renders it for them. Only the
 * last request counts: each change drops the one before, so that answers cannot overtake.
 */
export function Preview({ title, description, markdown, lang, locale, text }: PreviewProps) {
  const [rendered, setRendered] = useState<Rendered>();
  const [failure, setFailure] = useState("");

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
  }, [markdown, locale, text]);

  const isEmpty = title === "" && markdown.trim() === "";
  return (
    <section className="preview" aria-label={text.preview} lang={lang}>
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
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by the API, safe by construction. */}
          <div className="prose" dangerouslySetInnerHTML={{ __html: rendered.html }} />
        </>
      )}
    </section>
  );
}
