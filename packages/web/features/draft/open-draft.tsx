"use client";

import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import type { Draft } from "@haru/core/post/post.contract";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { draftMessages } from "./messages.ts";
import type { NewDraft } from "./use-draft.ts";

const Editor = dynamic(() => import("./editor.tsx").then((module) => module.Editor), {
  ssr: false,
  loading: () => <EditorSkeleton />,
});

interface OpenDraftProps {
  readonly locale: Locale;
  /** The draft to open; absent for a new one. */
  readonly postId: string | undefined;
  readonly begin: NewDraft;
}

/** Fetches a draft and hands it to the editor, which is loaded meanwhile. */
export function OpenDraft({ locale, postId, begin }: OpenDraftProps) {
  const text = draftMessages[locale];
  const [draft, setDraft] = useState<Draft>();
  const [failure, setFailure] = useState<"missing" | "failed">();
  const [opened, setOpened] = useState(0);

  const open = useCallback(async () => {
    setFailure(undefined);
    try {
      // A new draft that was saved here has an address by now, and no property says so.
      const id = postId ?? location.pathname.split("/").at(-1) ?? "";
      setDraft(await browserApi(locale).post.readDraft({ postId: id }));
      setOpened((count) => count + 1);
    } catch (error) {
      setFailure(error instanceof ApiError && error.code === "not_found" ? "missing" : "failed");
    }
  }, [locale, postId]);

  useEffect(() => {
    if (postId) open();
  }, [postId, open]);

  if (failure === "missing")
    return (
      <main id="main" className="notice" tabIndex={-1}>
        <h1>{text.missing.title}</h1>
        <p>{text.missing.text}</p>
        <a className="button" href={`/${locale}/write`}>
          {text.back}
        </a>
      </main>
    );
  if (failure === "failed")
    return (
      <main id="main" className="notice" tabIndex={-1}>
        <h1>{text.list.failed}</h1>
        <button type="button" className="button" onClick={open}>
          {text.list.again}
        </button>
      </main>
    );
  if (postId && !draft) return <EditorSkeleton label={text.loading} />;
  return <Editor key={opened} locale={locale} draft={draft} begin={begin} onReload={open} />;
}

/** Has the shape of the editor, so that nothing moves when it comes. */
function EditorSkeleton({ label }: { label?: string }) {
  return (
    <main id="main" className="editor" aria-busy="true" aria-label={label}>
      <div className="editor-bar" />
      <div className="panes">
        <div className="writing">
          <div className="skeleton skeleton-title" />
          <div className="skeleton skeleton-details" />
          <div className="skeleton skeleton-text" />
        </div>
      </div>
    </main>
  );
}
