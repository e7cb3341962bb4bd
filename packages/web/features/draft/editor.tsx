"use client";

import { Toast } from "@base-ui/react/toast";
import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import type { Draft } from "@haru/core/post/post.contract";
import { useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { postPath } from "../site/address.ts";
import { DetailField } from "./detail-field.tsx";
import { EditorBar } from "./editor-bar.tsx";
import { MarkdownField } from "./markdown-field.tsx";
import { draftMessages } from "./messages.ts";
import { Preview } from "./preview.tsx";
import { TagsField } from "./tags-field.tsx";
import { Toasts } from "./toasts.tsx";
import { Trouble } from "./trouble.tsx";
import { type NewDraft, useDraft } from "./use-draft.ts";

export interface EditorProps {
  readonly locale: Locale;
  /** The draft to go on with; absent for a new one. */
  readonly draft: Draft | undefined;
  readonly begin: NewDraft;
  /** Opens the stored draft anew, dropping what is here. */
  readonly onReload: () => void;
}

export function Editor(props: EditorProps) {
  return (
    <Toast.Provider>
      <EditorPage {...props} />
      <Toasts text={draftMessages[props.locale]} />
    </Toast.Provider>
  );
}

function EditorPage({ locale, draft, begin, onReload }: EditorProps) {
  const text = draftMessages[locale];
  const lang = draft?.lang ?? begin.lang;
  const { fields, status, publication, change, note, autosave } = useDraft(
    draft,
    begin,
    locale,
    text.untitled,
  );
  const [view, setView] = useState<"write" | "preview">("write");
  const [isPublishing, setPublishing] = useState(false);
  const toasts = Toast.useToastManager();
  const isPublished = publication.state === "published";
  const hasChanges = autosave.isUnsaved || status.saved?.revision !== publication.publishedRevision;

  // A new draft gets its own address with the first save, so that a reload goes on with it.
  const postId = status.saved?.postId;
  useEffect(() => {
    if (postId && !draft) history.replaceState(null, "", `/${locale}/write/${postId}`);
  }, [postId, draft, locale]);

  function tell(description: string, action?: { label: string; run: () => void }): void {
    toasts.add({
      description,
      ...(action ? { actionProps: { children: action.label, onClick: action.run } } : {}),
    });
  }

  async function publish(): Promise<void> {
    setPublishing(true);
    try {
      const isSaved = await autosave.saveNow();
      const { saved } = autosave.status();
      if (!isSaved || !saved) return tell(text.publishUnsaved);
      note(await browserApi(locale).post.publish({ postId: saved.postId, revision: saved.revision }));
      tell(text.published, {
        label: text.view,
        run: () => location.assign(postPath(lang, autosave.fields.slug)),
      });
    } catch (error) {
      tell(error instanceof ApiError ? error.message : text.failed);
    } finally {
      setPublishing(false);
    }
  }

  async function unpublish(): Promise<void> {
    const { saved } = autosave.status();
    if (!saved) return;
    try {
      note(await browserApi(locale).post.unpublish({ postId: saved.postId }));
      tell(text.unpublished, { label: text.undo, run: publish });
    } catch (error) {
      tell(error instanceof ApiError ? error.message : text.failed);
    }
  }

  async function keepMine(): Promise<void> {
    const { saved } = autosave.status();
    if (!saved) return;
    try {
      await autosave.keepMine(await browserApi(locale).post.readDraft({ postId: saved.postId }));
    } catch (error) {
      tell(error instanceof ApiError ? error.message : text.failed);
    }
  }

  return (
    <main id="main" className="editor" tabIndex={-1}>
      <h1 className="visually-hidden">{fields.title || text.newTitle}</h1>
      <EditorBar
        locale={locale}
        lang={lang}
        slug={fields.slug}
        status={status}
        isPublished={isPublished}
        hasChanges={hasChanges}
        isPublishing={isPublishing}
        view={view}
        text={text}
        onView={setView}
        onPublish={publish}
        onUnpublish={unpublish}
      />
      <Trouble
        status={status}
        locale={locale}
        text={text}
        onKeepMine={keepMine}
        onTakeTheirs={onReload}
        onSaveAgain={() => autosave.saveNow()}
      />
      <div className="panes" data-view={view}>
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
          <MarkdownField
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
        />
      </div>
    </main>
  );
}
