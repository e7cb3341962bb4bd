"use client";

import type { Locale } from "@haru/core/locale";
import type { DraftSummary } from "@haru/core/post/post.contract";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Autosave, type Opening, type SavedDraft, type Schedule } from "./autosave.ts";
import { type DeviceDraft, deviceDraft } from "./device-draft.ts";
import type { DeviceStore } from "./device-store.ts";
import type { DraftFields } from "./draft-fields.ts";
import { draftServer, type NewDraft } from "./draft-server.ts";
import { numberedSlug, suggestSlug } from "./slug.ts";

const schedule: Schedule = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/** An address for a post whose title has no letters yet. */
function fallbackSlug(): string {
  return `${new Date().toISOString().slice(0, 10)}-${crypto.randomUUID().slice(0, 4)}`;
}

interface UseDraft {
  readonly opening: Opening;
  /** The post as the server knows it, absent for a new one. */
  readonly post: DraftSummary | undefined;
  readonly begin: NewDraft;
  readonly locale: Locale;
  readonly untitled: string;
  /** Absent where the device keeps nothing, for instance in a private window. */
  readonly device: DeviceStore | undefined;
}

const forgetful: DeviceDraft = { keep: async () => {}, forget: async () => {} };

/**
 * A draft under the author's hands: its fields, how far it is saved, and what readers see of it.
 * The address follows the title until the author chooses one or readers know it.
 */
export function useDraft({ opening, post, begin, locale, untitled, device }: UseDraft) {
  const [fields, setFields] = useState(opening.fields);
  const [summary, setSummary] = useState(post);
  const [isSlugOurs, setSlugOurs] = useState(!opening.saved);
  const [attempt, setAttempt] = useState(1);
  const [fallback] = useState(fallbackSlug);
  const [isDeviceFull, setDeviceFull] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one opening keeps one autosave for as long as it is open.
  const autosave = useMemo(() => {
    const keeper = device ? deviceDraft(device.copyStore(), () => setDeviceFull(true)) : forgetful;
    return new Autosave(draftServer(locale, begin, untitled), keeper, opening, schedule);
  }, [opening]);
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
    // Whoever signs in again in another tab, or gets back online, finds the text saved here.
    const resume = () => {
      const { state } = autosave.status();
      if (state === "signed_out" || state === "waiting") autosave.saveNow();
    };
    addEventListener("beforeunload", warn);
    addEventListener("focus", resume);
    addEventListener("online", resume);
    return () => {
      removeEventListener("beforeunload", warn);
      removeEventListener("focus", resume);
      removeEventListener("online", resume);
      // Leaving by a link of this application: what is left is saved on the way out.
      if (autosave.isUnsaved) autosave.saveNow();
      autosave.stop();
    };
  }, [autosave]);

  /** Publishing and the like answer with the post's new state. */
  function note(next: DraftSummary): void {
    setSummary(next);
    setSlugOurs(false);
    autosave.noteSaved(next satisfies SavedDraft);
  }

  /** Goes on with what was saved elsewhere. */
  function takeTheirs(theirs: SavedDraft, taken: DraftFields): void {
    autosave.takeTheirs(theirs, taken);
    setFields(taken);
  }

  return { fields, status, summary, change, note, takeTheirs, autosave, isDeviceFull };
}
