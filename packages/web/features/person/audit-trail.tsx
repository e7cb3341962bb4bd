"use client";

import type { Locale } from "@haru/core/locale";
import type { AuditEntry } from "@haru/core/person/person.contract";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { type Pages, withPage } from "../site/pages.ts";
import { personMessages } from "./messages.ts";

/** What administrators did, newest first. */
export function AuditTrail({ locale }: { locale: Locale }) {
  const text = personMessages[locale];
  const [page, setPage] = useState<Pages<AuditEntry>>();
  const [hasFailed, setFailed] = useState(false);
  const load = useCallback(
    async (after?: string) => {
      setFailed(false);
      try {
        const next = await browserApi(locale).person.audit(after ? { cursor: after } : {});
        setPage((shown) => withPage(shown, after, next));
      } catch {
        setFailed(true);
      }
    },
    [locale],
  );
  useEffect(() => {
    load();
  }, [load]);

  const nameOf = ({ displayName }: AuditEntry["actor"]) => displayName ?? text.trail.goneAccount;
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  return (
    <>
      {hasFailed && (
        <p className="banner banner-bad" role="alert">
          {text.failed}
        </p>
      )}
      {page?.items.length === 0 && <p className="note">{text.trail.empty}</p>}
      <ol className="trail">
        {page?.items.map(({ auditId, at, action, role, reason, actor, target, from }) => (
          <li key={auditId}>
            <p>
              {text.trail.says({
                action,
                actor: nameOf(actor),
                target: nameOf(target),
                role: role ? text.roles[role] : "",
              })}
            </p>
            {reason && <p className="note">{reason}</p>}
            <p className="meta">
              <time dateTime={at}>{format.format(new Date(at))}</time>
              <span>{text.trail.from(from)}</span>
            </p>
          </li>
        ))}
      </ol>
      {page?.cursor && (
        <button type="button" className="button button-quiet" onClick={() => load(page.cursor)}>
          {text.more}
        </button>
      )}
    </>
  );
}
