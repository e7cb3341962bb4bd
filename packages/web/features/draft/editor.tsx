"use client";

import { Toast } from "@base-ui/react/toast";
import type { EditorView } from "@codemirror/view";
import type { Locale } from "@haru/core/locale";
import { useEffect, useRef, useState } from "react";
import { Choose } from "./choose.tsx";
import { DetailField } from "./detail-field.tsx";
import type { NewDraft } from "./draft-server.ts";
import { EditorBar, type SheetName } from "./editor-bar.tsx";
import { MarkdownField } from "./markdown-field.tsx";
import { draftMessages } from "./messages.ts";
import type { OpenedDraft } from "./open-draft.tsx";
import { Preview } from "./preview.tsx";
import { PreviewLinksSheet } from "./preview-links-sheet.tsx";
import { RevisionsSheet } from "./revisions-sheet.tsx";
import { ScheduleSheet } from "./schedule-sheet.tsx";
import { SettingsSheet } from "./settings-sheet.tsx";
import { formatMinute } from "./shown-state.ts";
import { TagsField } from "./tags-field.tsx";
import { Toasts } from "./toasts.tsx";
import { Toolbar } from "./toolbar.tsx";
import { Trouble } from "./trouble.tsx";
import { useDraft } from "./use-draft.ts";
import { usePostActions } from "./use-post-actions.ts";

export interface EditorProps {
  readonly locale: Locale;
  readonly opened: OpenedDraft;
  readonly begin: NewDraft;
}

export function Editor(props: EditorProps) {
  return (
    <Toast.Provider>
      <EditorPage {...props} />
      <Toasts text={draftMessages[props.locale]} />
    </Toast.Provider>
  );
}

function EditorPage({ locale, opened, begin }: EditorProps) {
  const text = draftMessages[locale];
  const { draft, recovery, device } = opened;
  const lang = draft?.lang ?? begin.lang;
  const { fields, status, summary, change, note, takeTheirs, autosave, isDeviceFull } = useDraft({
    opening: recovery.opening,
    post: draft,
    begin,
    locale,
    untitled: text.untitled,
    device,
  });
  const [view, setView] = useState<"write" | "preview">("write");
  const [sheet, setSheet] = useState<SheetName>();
  const [isFocused, setFocused] = useState(false);
  const editorView = useRef<EditorView>(undefined);
  // A text that came from elsewhere begins a new field: the old one's undo would mix the two.
  const [textVersion, setTextVersion] = useState(0);
  const take: typeof takeTheirs = (saved, taken) => {
    takeTheirs(saved, taken);
    setTextVersion((version) => version + 1);
  };
  const actions = usePostActions({ locale, lang, text, autosave, note, onTaken: take });
  const hasChanges = autosave.isUnsaved || status.saved?.revision !== summary?.publishedRevision;
  const isBehindSchedule = summary?.scheduledFor && status.saved?.revision !== summary.scheduledRevision;

  // A new draft gets its own address with the first save, so that a reload goes on with it.
  const postId = status.saved?.postId;
  useEffect(() => {
    if (postId && !draft) history.replaceState(null, "", `/${locale}/write/${postId}`);
  }, [postId, draft, locale]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when the draft opens.
  useEffect(() => {
    if (recovery.kind === "recovered") actions.tell(text.recovered);
  }, [recovery]);

  return (
    <main id="main" className="editor" tabIndex={-1}>
      <h1 className="visually-hidden">{fields.title || text.newTitle}</h1>
      <EditorBar
        locale={locale}
        lang={lang}
        slug={fields.slug}
        status={status}
        post={summary}
        hasChanges={hasChanges}
        isPublishing={actions.isPublishing}
        view={view}
        text={text}
        onView={setView}
        onPublish={actions.publish}
        onUnpublish={actions.unpublish}
        onUnschedule={actions.unschedule}
        onRemove={actions.remove}
        onOpen={setSheet}
      />
      {summary?.scheduledFor && (
        <div className="banner">
          <p>
            {text.schedule.planned(formatMinute(summary.scheduledFor, locale))}
            {isBehindSchedule && ` · ${text.schedule.stale}`}
          </p>
          {isBehindSchedule && (
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => setSheet("schedule")}
            >
              {text.schedule.renew}
            </button>
          )}
        </div>
      )}
      {summary?.scheduleFailure && (
        <p className="banner banner-bad" role="alert">
          {text.schedule.failed}
        </p>
      )}
      {isDeviceFull && <p className="banner">{text.deviceFull}</p>}
      {status.state === "conflict" && postId && (
        <Choose
          postId={postId}
          mine={fields}
          locale={locale}
          text={text}
          onKeepMine={(theirs) => autosave.keepMine(theirs)}
          onTakeTheirs={(theirs) => {
            take(theirs, theirs.fields);
            actions.tell(text.choose.taken, {
              label: text.undo,
              run: () => {
                change(fields);
                setTextVersion((version) => version + 1);
              },
            });
          }}
        />
      )}
      <Trouble status={status} locale={locale} text={text} onSaveAgain={() => autosave.saveNow()} />
      <div className="panes" data-view={view} data-focus={isFocused || undefined}>
        <div className="writing" lang={lang}>
          <textarea
            className="title-input"
            aria-label={text.title}
            placeholder={text.titlePlaceholder}
            rows={1}
            maxLength={200}
            value={fields.title}
            onChange={(event) => change({ title: event.target.value.replaceAll("\n", " ") })}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.nativeEvent.isComposing) event.preventDefault();
            }}
          />
          <div className="details" lang={locale}>
            <DetailField
              label={text.description}
              placeholder={text.descriptionPlaceholder}
              maxLength={500}
              value={fields.description}
              onChange={(event) => change({ description: event.target.value })}
              errors={status.fieldErrors.description}
            />
            <DetailField
              label={text.slug}
              before={`/${lang}/posts/`}
              maxLength={120}
              spellCheck={false}
              autoCapitalize="none"
              value={fields.slug}
              onChange={(event) => change({ slug: event.target.value })}
              errors={status.fieldErrors.slug}
            />
            <TagsField
              tags={fields.tags}
              text={text}
              onChange={(tags) => change({ tags })}
              errors={status.fieldErrors.tags}
            />
          </div>
          <Toolbar
            locale={locale}
            view={editorView}
            markdown={fields.markdown}
            isFocused={isFocused}
            onFocus={setFocused}
          />
          <MarkdownField
            key={textVersion}
            locale={locale}
            view={editorView}
            label={text.text}
            placeholderText={text.textPlaceholder}
            lang={lang}
            initialValue={fields.markdown}
            onChange={(markdown) => change({ markdown })}
            onSave={() => autosave.saveNow()}
          />
        </div>
        <Preview
          title={fields.title}
          description={fields.description}
          markdown={fields.markdown}
          lang={lang}
          locale={locale}
          text={text}
          editor={editorView}
        />
      </div>
      {sheet === "schedule" && (
        <ScheduleSheet
          locale={locale}
          text={text}
          scheduledFor={summary?.scheduledFor}
          onSchedule={actions.schedule}
          onClose={() => setSheet(undefined)}
        />
      )}
      {sheet === "settings" && (
        <SettingsSheet
          fields={fields}
          lang={lang}
          locale={locale}
          text={text}
          errors={status.fieldErrors}
          onChange={(settings) => change({ settings })}
          onClose={() => setSheet(undefined)}
        />
      )}
      {sheet === "revisions" && postId && (
        <RevisionsSheet
          postId={postId}
          fields={fields}
          locale={locale}
          text={text}
          onRestore={actions.restoreRevision}
          onClose={() => setSheet(undefined)}
        />
      )}
      {sheet === "links" && postId && (
        <PreviewLinksSheet
          postId={postId}
          lang={lang}
          locale={locale}
          text={text}
          onTell={actions.tell}
          onClose={() => setSheet(undefined)}
        />
      )}
    </main>
  );
}
