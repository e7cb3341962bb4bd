"use client";

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import type { Locale } from "@haru/core/locale";
import type { DraftSummary } from "@haru/core/post/post.contract";
import { tagHighlighter, tags } from "@lezer/highlight";
import { type RefObject, useEffect, useRef } from "react";
import { browserApi } from "../../browser-api.ts";
import { describePicture, insertPictures, pictureDrops } from "../media/editor-upload.ts";
import { PickPictures } from "../media/pick-pictures.tsx";
import { UploadList } from "../media/upload-list.tsx";
import { useUploadQueue } from "../media/use-upload-queue.ts";
import { editingMessages } from "./editing-messages.ts";
import { type CommandName, commands, shortcuts } from "./editor-commands.ts";
import { findDrafts } from "./find-drafts.ts";
import { pasteMarkdown } from "./paste-markdown.ts";
import { slashMenu } from "./slash-menu.ts";
import { continueTable, nextCell, previousCell } from "./table-commands.ts";

interface MarkdownFieldProps {
  readonly label: string;
  readonly placeholderText: string;
  /** The language of the text. */
  readonly lang: Locale;
  /** The language of the tools. */
  readonly locale: Locale;
  /** Where the toolbar finds the editor while it is there. */
  readonly view: RefObject<EditorView | undefined>;
  /** The text to begin with. Later values are the editor's own and are not set again. */
  readonly initialValue: string;
  readonly onChange: (value: string) => void;
  readonly onSave: () => void;
}

/** Classes instead of CodeMirror's own styles, so that the colours are the site's. */
const highlighter = tagHighlighter([
  { tag: tags.heading, class: "md-heading" },
  { tag: tags.strong, class: "md-strong" },
  { tag: tags.emphasis, class: "md-emphasis" },
  { tag: tags.strikethrough, class: "md-struck" },
  { tag: tags.quote, class: "md-quote" },
  { tag: tags.link, class: "md-link" },
  { tag: tags.url, class: "md-url" },
  { tag: tags.monospace, class: "md-code" },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName], class: "md-mark" },
]);

const commandKeys = (Object.entries(shortcuts) as [CommandName, string][]).map(([name, key]) => ({
  key,
  run: commands[name],
  preventDefault: true,
}));

/** What the author may link to: posts that readers see. */
async function findPublished(locale: Locale, words: string): Promise<readonly DraftSummary[]> {
  return (await findDrafts(browserApi(locale), { words, state: "published", lang: "" })).items;
}

/**
 * The nonce of the document, under which CodeMirror may add its style sheet. It is asked of the
 * document itself: a page that was reached by a link came with a nonce of its own, which the
 * document's policy does not know.
 */
function documentNonce(): string {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}

/**
 * The text of a post in CodeMirror, which leaves composing Hangul to the browser and redraws only
 * what changed, so that no syllable is lost. Tab moves on, as everywhere else on the page; in a table it goes
 * through the cells on its way.
 */
export function MarkdownField(props: MarkdownFieldProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const { queue, uploads } = useUploadQueue(props.locale);

  useEffect(() => {
    const { label, lang, locale, initialValue, placeholderText } = latest.current;
    const editing = editingMessages[locale];
    const parent = place.current;
    if (!parent) return;
    const save = () => {
      latest.current.onSave();
      return true;
    };
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: initialValue,
        extensions: [
          history(),
          markdown({ base: markdownLanguage }),
          syntaxHighlighting(highlighter),
          EditorView.lineWrapping,
          placeholder(placeholderText),
          EditorView.contentAttributes.of({
            "aria-label": label,
            lang,
            spellcheck: "true",
            autocorrect: "on",
            autocapitalize: "sentences",
          }),
          slashMenu(editing.commands, (words) => findPublished(locale, words)),
          pictureDrops(queue),
          pasteMarkdown,
          EditorView.cspNonce.of(documentNonce()),
          keymap.of([
            { key: "Mod-s", run: save, preventDefault: true },
            { key: "Enter", run: continueTable },
            { key: "Tab", run: nextCell, shift: previousCell },
            ...commandKeys,
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    const holder = latest.current.view;
    holder.current = view;
    return () => {
      holder.current = undefined;
      view.destroy();
    };
  }, [queue]);

  return (
    <>
      <div ref={place} className="markdown-field" />
      <div className="markdown-pictures" lang={props.locale}>
        <UploadList
          locale={props.locale}
          queue={queue}
          uploads={uploads}
          onDescribed={(mediaId, alt) =>
            props.view.current && describePicture(props.view.current, mediaId, alt)
          }
        />
        <PickPictures
          locale={props.locale}
          className="button button-quiet button-small"
          onPick={(files) => props.view.current && insertPictures(props.view.current, queue, files)}
        />
      </div>
    </>
  );
}
