"use client";

import type { Locale } from "@haru/core/locale";
import { useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import type { SavedDraft } from "./autosave.ts";
import { Difference } from "./difference.tsx";
import type { DraftFields } from "./draft-fields.ts";
import { storedDraftOf } from "./draft-server.ts";
import type { DraftMessages } from "./messages.ts";
import type { StoredDraft } from "./recovery.ts";

interface ChooseProps {
  readonly postId: string;
  readonly mine: DraftFields;
  readonly locale: Locale;
  readonly text: DraftMessages;
  readonly onKeepMine: (theirs: SavedDraft) => void;
  readonly onTakeTheirs: (theirs: StoredDraft) => void;
}

/** What was saved elsewhere beside what is here, as a difference, and the choice between the two. */
export function Choose({ postId, mine, locale, text, onKeepMine, onTakeTheirs }: ChooseProps) {
  const [theirs, setTheirs] = useState<StoredDraft>();
  const [tries, setTries] = useState(0);
  const [hasFailed, setFailed] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each try asks once more.
  useEffect(() => {
    let isCurrent = true;
    setFailed(false);
    browserApi(locale)
      .post.readDraft({ postId })
      .then((draft) => isCurrent && setTheirs(storedDraftOf(draft, text.untitled)))
      .catch(() => isCurrent && setFailed(true));
    return () => {
      isCurrent = false;
    };
  }, [postId, locale, text, tries]);

  return (
    <section className="choose" aria-label={text.choose.title}>
      <div role="alert">
        <h2>{text.choose.title}</h2>
        <p>{text.choose.text}</p>
      </div>
      {theirs && (
        <>
          <p className="note">{text.choose.legend}</p>
          <Difference before={theirs.fields} after={mine} text={text} />
          <div className="choose-actions">
            <button type="button" className="button button-small" onClick={() => onKeepMine(theirs)}>
              {text.choose.keepMine}
            </button>
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => onTakeTheirs(theirs)}
            >
              {text.choose.takeTheirs}
            </button>
          </div>
        </>
      )}
      {hasFailed && (
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => setTries(tries + 1)}
        >
          {text.list.again}
        </button>
      )}
    </section>
  );
}
