"use client";

import type { Locale } from "@haru/core/locale";
import type { DraftSummary } from "@haru/core/post/post.contract";
import Link from "next/link";
import { otherLocale, postPath } from "../site/address.ts";
import { MoreIcon } from "../site/icons.tsx";
import { PopoverMenu } from "../site/popover-menu.tsx";
import type { SaveStatus } from "./autosave.ts";
import type { DraftMessages } from "./messages.ts";

/** The panels that the menu opens. */
export type SheetName = "schedule" | "settings" | "revisions" | "links";

interface EditorBarProps {
  readonly locale: Locale;
  readonly lang: Locale;
  readonly slug: string;
  readonly status: SaveStatus;
  readonly post: DraftSummary | undefined;
  readonly hasChanges: boolean;
  readonly isPublishing: boolean;
  readonly view: "write" | "preview";
  readonly text: DraftMessages;
  readonly onView: (view: "write" | "preview") => void;
  readonly onPublish: () => void;
  readonly onUnpublish: () => void;
  readonly onUnschedule: () => void;
  readonly onRemove: () => void;
  readonly onOpen: (sheet: SheetName) => void;
}

/** What one can do with a draft, and whether it is saved. */
export function EditorBar(props: EditorBarProps) {
  const { locale, lang, slug, status, post, hasChanges, isPublishing, view, text } = props;
  const isPublished = post?.state === "published";
  const isScheduled = post?.state === "scheduled";
  const canPublish = status.state !== "idle" && (!isPublished || hasChanges);
  const publishLabel = isPublished ? text.publishChanges : text.publish;
  return (
    <div className="editor-bar">
      <Link className="editor-back" href={`/${locale}/write`}>
        ← {text.back}
      </Link>
      <p className="save-state" role="status" aria-live="off" data-state={status.state}>
        {status.state === "waiting" ? text.save.changed : text.save[status.state]}
      </p>
      <fieldset className="views" aria-label={text.preview}>
        {(["write", "preview"] as const).map((name) => (
          <button key={name} type="button" aria-pressed={view === name} onClick={() => props.onView(name)}>
            {text[name]}
          </button>
        ))}
      </fieldset>
      {isPublished && (
        <a className="button button-quiet button-small editor-view" href={postPath(lang, slug)}>
          {text.view}
        </a>
      )}
      <button
        type="button"
        className="button button-small"
        aria-disabled={!canPublish || isPublishing}
        onClick={() => canPublish && !isPublishing && props.onPublish()}
      >
        {isPublishing ? text.publishing : isPublished && !hasChanges ? text.isPublished : publishLabel}
      </button>
      <PopoverMenu label={text.more} icon={<MoreIcon />}>
        <button type="button" className="menu-item" onClick={() => props.onOpen("settings")}>
          {text.settings.open}
        </button>
        {status.saved && (
          <>
            {isPublished && (
              <>
                <a className="menu-item" href={postPath(lang, slug)}>
                  {text.view}
                </a>
                <button type="button" className="menu-item" onClick={props.onUnpublish}>
                  {text.unpublish}
                </button>
              </>
            )}
            {!isPublished && (
              <button type="button" className="menu-item" onClick={() => props.onOpen("schedule")}>
                {text.schedule.open}
              </button>
            )}
            {isScheduled && (
              <button type="button" className="menu-item" onClick={props.onUnschedule}>
                {text.schedule.cancel}
              </button>
            )}
            <button type="button" className="menu-item" onClick={() => props.onOpen("revisions")}>
              {text.revisions.open}
            </button>
            <button type="button" className="menu-item" onClick={() => props.onOpen("links")}>
              {text.links.open}
            </button>
            <a
              className="menu-item"
              href={`/${otherLocale[lang]}/write/new?${new URLSearchParams({ of: status.saved.postId })}`}
            >
              {text.translate}
            </a>
            <button type="button" className="menu-item" onClick={props.onRemove}>
              {text.remove.open}
            </button>
          </>
        )}
      </PopoverMenu>
    </div>
  );
}
