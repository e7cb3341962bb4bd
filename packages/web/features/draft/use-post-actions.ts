"use client";

import { Toast } from "@base-ui/react/toast";
import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import type { Draft, DraftSummary } from "@haru/core/post/post.contract";
import { useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { postPath } from "../site/address.ts";
import type { Autosave, SavedDraft } from "./autosave.ts";
import type { DraftFields } from "./draft-fields.ts";
import { fieldsOf } from "./draft-server.ts";
import type { DraftMessages } from "./messages.ts";
import { formatMinute } from "./shown-state.ts";

interface PostActions {
  readonly locale: Locale;
  readonly lang: Locale;
  readonly text: DraftMessages;
  readonly autosave: Autosave;
  readonly note: (summary: DraftSummary) => void;
  readonly onTaken: (saved: SavedDraft, fields: DraftFields) => void;
}

/** What one can do with a whole post from its editor. Each says what it did, and where it can, the way back. */
export function usePostActions({ locale, lang, text, autosave, note, onTaken }: PostActions) {
  const [isPublishing, setPublishing] = useState(false);
  const toasts = Toast.useToastManager();
  const { post, revision: revisions } = browserApi(locale);

  function tell(description: string, action?: { label: string; run: () => void }): void {
    toasts.add({
      description,
      ...(action ? { actionProps: { children: action.label, onClick: action.run } } : {}),
    });
  }

  async function attempt(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      tell(error instanceof ApiError ? error.message : text.failed);
    }
  }

  /** What the server has once all that was written is there. */
  async function saveAll(): Promise<SavedDraft | undefined> {
    const isSaved = await autosave.saveNow();
    const { saved } = autosave.status();
    if (isSaved && saved) return saved;
    tell(text.publishUnsaved);
    return undefined;
  }

  async function publish(): Promise<void> {
    setPublishing(true);
    await attempt(async () => {
      const saved = await saveAll();
      if (!saved) return;
      note(await post.publish({ postId: saved.postId, revision: saved.revision }));
      const run = () => location.assign(postPath(lang, autosave.fields.slug));
      tell(text.published, { label: text.view, run });
    });
    setPublishing(false);
  }

  function withSaved(run: (saved: SavedDraft) => Promise<void>): Promise<void> {
    return attempt(async () => {
      const { saved } = autosave.status();
      if (saved) await run(saved);
    });
  }

  return {
    isPublishing,
    tell,
    publish,
    unpublish: () =>
      withSaved(async ({ postId }) => {
        note(await post.unpublish({ postId }));
        tell(text.unpublished, { label: text.undo, run: publish });
      }),
    /** Throws what the API refuses, for the form that asked. */
    async schedule(publishAt: string): Promise<void> {
      const saved = await saveAll();
      if (!saved) return;
      note(await post.schedule({ postId: saved.postId, revision: saved.revision, publishAt }));
      tell(text.schedule.done(formatMinute(publishAt, locale)));
    },
    unschedule: () =>
      withSaved(async ({ postId }) => {
        note(await post.unschedule({ postId }));
        tell(text.schedule.cancelled);
      }),
    remove: () =>
      withSaved(async ({ postId }) => {
        await autosave.saveNow();
        await post.remove({ postId });
        location.assign(`/${locale}/write`);
      }),
    restoreRevision: (revision: number) =>
      attempt(async () => {
        const saved = await saveAll();
        if (!saved) return;
        const { postId, revision: over } = saved;
        const restored: Draft = await revisions.restore({ postId, revision, over });
        onTaken(restored, fieldsOf(restored, text.untitled));
        note(restored);
        tell(text.revisions.restored);
      }),
  };
}
