"use client";

import type { Locale } from "@haru/core/locale";
import type { Revision, RevisionSummary } from "@haru/core/revision/revision.contract";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { type Pages, withPage } from "../site/pages.ts";
import { Sheet } from "../site/sheet.tsx";
import { Difference } from "./difference.tsx";
import type { DraftFields } from "./draft-fields.ts";
import type { DraftMessages } from "./messages.ts";
import { formatMinute } from "./shown-state.ts";

interface RevisionsSheetProps {
  readonly postId: string;
  readonly fields: DraftFields;
  readonly locale: Locale;
  readonly text: DraftMessages;
  readonly onRestore: (revision: number) => Promise<void>;
  readonly onClose: () => void;
}

/** Earlier states of a post, each as its difference from now, and the way back to it. */
export function RevisionsSheet({ postId, fields, locale, text, onRestore, onClose }: RevisionsSheetProps) {
  const words = text.revisions;
  const [page, setPage] = useState<Pages<RevisionSummary>>();
  const [shown, setShown] = useState<Revision>();
  const [hasFailed, setFailed] = useState(false);

  const load = useCallback(
    async (after?: string) => {
      setFailed(false);
      try {
        const next = await browserApi(locale).revision.list({ postId, ...(after ? { cursor: after } : {}) });
        setPage((shown) => withPage(shown, after, next));
      } catch {
        setFailed(true);
      }
    },
    [postId, locale],
  );
  useEffect(() => {
    load();
  }, [load]);

  async function show(revision: number): Promise<void> {
    try {
      setShown(await browserApi(locale).revision.read({ postId, revision }));
    } catch {
      setFailed(true);
    }
  }

  return (
    <Sheet title={words.title} close={text.close} onClose={onClose}>
      <div className="sheet-body">
        {hasFailed && (
          <p className="banner banner-bad" role="alert">
            {text.failed}
          </p>
        )}
        {!page && !hasFailed && (
          <div className="skeleton skeleton-box" role="status" aria-label={text.list.loading} />
        )}
        {page?.items.length === 0 && <p className="note">{words.empty}</p>}
        <ul className="revisions">
          {page?.items.map(({ revision, reason, savedAt, title }) => (
            <li key={revision}>
              <button
                type="button"
                className="revision"
                aria-expanded={shown?.revision === revision}
                onClick={() => (shown?.revision === revision ? setShown(undefined) : show(revision))}
              >
                <time dateTime={savedAt}>{formatMinute(savedAt, locale)}</time>
                <span className="meta">{words.reasons[reason]}</span>
                <span className="revision-title">{title}</span>
              </button>
              {shown?.revision === revision && (
                <section aria-label={words.compare(formatMinute(savedAt, locale))}>
                  <Difference before={shown} after={fields} text={text} />
                  <button
                    type="button"
                    className="button button-small"
                    onClick={async () => {
                      await onRestore(revision);
                      onClose();
                    }}
                  >
                    {words.restore}
                  </button>
                </section>
              )}
            </li>
          ))}
        </ul>
        {page?.cursor && (
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => load(page.cursor)}
          >
            {words.more}
          </button>
        )}
      </div>
    </Sheet>
  );
}
