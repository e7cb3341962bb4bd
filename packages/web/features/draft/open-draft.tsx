"use client";

import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import type { Draft } from "@haru/core/post/post.contract";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { DeviceStore } from "./device-store.ts";
import { fieldsOf, type NewDraft, storedDraftOf } from "./draft-server.ts";
import { draftMessages } from "./messages.ts";
import { type Recovery, recover } from "./recovery.ts";

const Editor = dynamic(() => import("./editor.tsx").then((module) => module.Editor), {
  ssr: false,
  loading: () => <EditorSkeleton />,
});

interface OpenDraftProps {
  readonly locale: Locale;
  /** Whose drafts on this device these are. */
  readonly accountId: string;
  /** The draft to open; absent for a new one. */
  readonly postId: string | undefined;
  readonly begin: NewDraft;
}

/** A draft that is ready to be written in. */
export interface OpenedDraft {
  readonly draft: Draft | undefined;
  readonly recovery: Recovery;
  readonly device: DeviceStore | undefined;
}

/**
 * Fetches a draft, finds what an earlier tab of this device left of it, and hands both to the editor,
 * which is loaded meanwhile.
 */
export function OpenDraft({ locale, accountId, postId, begin }: OpenDraftProps) {
  const text = draftMessages[locale];
  const [opened, setOpened] = useState<OpenedDraft>();
  const [failure, setFailure] = useState<"missing" | "gone" | "failed">();

  const open = useCallback(async () => {
    setFailure(undefined);
    try {
      const draft = postId ? await browserApi(locale).post.readDraft({ postId }) : undefined;
      setOpened(await openOnDevice(draft, accountId, text.untitled));
    } catch (error) {
      const code = error instanceof ApiError ? error.code : "internal";
      setFailure(code === "gone" ? "gone" : code === "not_found" ? "missing" : "failed");
    }
  }, [locale, postId, accountId, text]);

  useEffect(() => {
    open();
  }, [open]);
  useEffect(() => () => opened?.device?.close(), [opened]);

  async function restore(): Promise<void> {
    if (!postId) return;
    try {
      await browserApi(locale).post.restore({ postId });
      await open();
    } catch {
      setFailure("failed");
    }
  }

  if (failure === "missing" || failure === "gone")
    return (
      <main id="main" className="notice" tabIndex={-1}>
        <h1>{text[failure].title}</h1>
        <p>{text[failure].text}</p>
        <div className="notice-actions">
          {failure === "gone" && (
            <button type="button" className="button" onClick={restore}>
              {text.gone.restore}
            </button>
          )}
          <a className="button button-quiet" href={`/${locale}/write`}>
            {text.back}
          </a>
        </div>
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
  if (!opened) return <EditorSkeleton label={text.loading} />;
  return <Editor locale={locale} opened={opened} begin={begin} />;
}

async function openOnDevice(
  draft: Draft | undefined,
  accountId: string,
  untitled: string,
): Promise<OpenedDraft> {
  const saved = draft && { postId: draft.postId, revision: draft.revision };
  const asStored: Recovery = { kind: "same", opening: { fields: fieldsOf(draft, untitled), saved } };
  try {
    const device = new DeviceStore(accountId);
    const leftover = await device.findLeftover(draft?.postId);
    if (!leftover) return { draft, recovery: asStored, device };
    const recovery = recover(draft && storedDraftOf(draft, untitled), leftover.copy);
    // From here on this tab's own copy stands for it.
    if (recovery.kind !== "same") await device.copyStore().write(copyOf(recovery));
    await device.remove(leftover.id);
    return { draft, recovery, device };
  } catch {
    // A device that keeps nothing is no reason not to write: the server still saves.
    return { draft, recovery: asStored, device: undefined };
  }
}

function copyOf({ opening: { fields, saved, leftover } }: Recovery) {
  const { pending, createKey = crypto.randomUUID() } = leftover ?? {};
  return { fields, saved, pending, createKey };
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
