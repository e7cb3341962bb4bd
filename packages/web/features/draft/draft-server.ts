import type { Locale } from "@haru/core/locale";
import type { Draft } from "@haru/core/post/post.contract";
import { browserApi } from "../../browser-api.ts";
import type { DraftServer } from "./autosave.ts";
import { type DraftFields, emptyFields } from "./draft-fields.ts";
import type { StoredDraft } from "./recovery.ts";

export interface NewDraft {
  readonly lang: Locale;
  readonly translationOf: string | undefined;
}

/** The API as the autosave needs it. The server wants a title; a text without one is worth saving all the same. */
export function draftServer(locale: Locale, begin: NewDraft, untitled: string): DraftServer {
  const { post } = browserApi(locale);
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
    update: ({ postId, revision }, fields, { keepReplaced }) =>
      post.update({ postId, revision, keepReplaced, ...complete(fields) }),
  };
}

export function fieldsOf(draft: Draft | undefined, untitled: string): DraftFields {
  if (!draft) return emptyFields;
  const { slug, description, tags, settings, markdown } = draft;
  return { title: draft.title === untitled ? "" : draft.title, slug, description, tags, settings, markdown };
}

export function storedDraftOf(draft: Draft, untitled: string): StoredDraft {
  return { postId: draft.postId, revision: draft.revision, fields: fieldsOf(draft, untitled) };
}
