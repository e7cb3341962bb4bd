"use client";

import type { Locale } from "@haru/core/locale";
import type { Draft, DraftSummary } from "@haru/core/post/post.contract";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { browserApi } from "../../browser-api.ts";
import { Autosave, type DraftFields, type DraftServer, type SavedDraft, type Schedule } from "./autosave.ts";
import { numberedSlug, suggestSlug } from "./slug.ts";

export interface NewDraft {
  readonly lang: Locale;
  readonly translationOf: string | undefined;
}

/** What readers see of a draft, as far as the editor needs to know it. */
type Publication = Pick<DraftSummary, "state" | "publishedRevision">;

const schedule: Schedule = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/** An address for a post whose title has no letters yet. */
function fallbackSlug(): string {
  return `${new Date().toISOString().slice(0, 10)}-${crypto.randomUUID().slice(0, 4)}`;
}

function draftServer(locale: Locale, begin: NewDraft, untitled: string): DraftServer {
  const { post } = browserApi(locale);
  // The server wants a title; a text without one is worth saving all the same.
  const complete = (fields: DraftFields) => ({
    ...fields,
    title: fields.title.trim() || untitled,
    tags: [...fields.tags],
  });
  return {
    create: (fields, idempotencyKey) =>
      post.create(
        { lang: begin.lang, translationOf: begin.translationOf, ...complete(fields) },
        { idempotencyKey },
      ),
    update: ({ postId, revision }, fields) => post.update({ postId, revision, ...complete(fields) }),
  };
}

function fieldsOf(draft: Draft | undefined, untitled: string): DraftFields {
  if (!draft) return { title: "", slug: "", description: "", tags: [], markdown: "" };
  const { slug, description, tags, markdown } = draft;
  return { title: draft.title === untitled ? "" : draft.title, slug, description, tags, markdown };
}

/**
 * A draft under the author's hands: its fields, how far it is saved, and whether readers see it.
 * The address follows the title until the author chooses one or readers know it.
 */
export function useDraft(draft: Draft | undefined, begin: NewDraft, locale: Locale, untitled: string) {
  const [fields, setFields] = useState(() => fieldsOf(draft, untitled));
  const [publication, setPublication] = useState<Publication>(draft ?? { state: "draft" });
  const [isSlugOurs, setSlugOurs] = useState(!draft);
  const [attempt, setAttempt] = useState(1);
  const [fallback] = useState(fallbackSlug);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one draft keeps one autosave for as long as it is open.
  const autosave = useMemo(
    () => new Autosave(draftServer(locale, begin, untitled), fields, draft, schedule),
    [draft?.postId],
  );
  const status = useSyncExternalStore(autosave.subscribe, autosave.status, autosave.status);

  function change(changed: Partial<DraftFields>): void {
    // From the autosave and not from this render: two changes may come before the next one.
    const next = { ...autosave.fields, ...changed };
    const follows = isSlugOurs && changed.slug === undefined;
    const suggested = numberedSlug(suggestSlug(next.title) || fallback, attempt);
    const complete = follows ? { ...next, slug: suggested } : next;
    if (changed.slug !== undefined) setSlugOurs(changed.slug === "");
    setFields(complete);
    autosave.change(complete);
  }

  // An address that was only our suggestion and is taken becomes another one without a question.
  const isTaken = status.state === "refused" && status.fieldErrors.slug !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is answered once.
  useEffect(() => {
    if (!isTaken || !isSlugOurs) return;
    const slug = numberedSlug(suggestSlug(autosave.fields.title) || fallback, attempt + 1);
    const next = { ...autosave.fields, slug };
    setAttempt(attempt + 1);
    setFields(next);
    autosave.change(next);
    autosave.saveNow();
  }, [status]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (autosave.isUnsaved) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => {
      removeEventListener("beforeunload", warn);
      // Leaving by a link of this application: what is left is saved on the way out.
      if (autosave.isUnsaved) autosave.saveNow();
      autosave.stop();
    };
  }, [autosave]);

  /** Publishing and its opposite answer with the draft's new state. */
  function note(summary: DraftSummary): void {
    setPublication({ state: summary.state, publishedRevision: summary.publishedRevision });
    setSlugOurs(false);
    autosave.noteSaved(summary satisfies SavedDraft);
  }

  return { fields, status, publication, change, note, autosave };
}
