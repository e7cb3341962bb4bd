"use client";

import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import type { SessionView } from "@haru/core/session/session.contract";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { formatAgo } from "../../site/ago.ts";
import { signOut } from "../session-client.ts";
import { settingsMessages } from "./messages.ts";
import { Section } from "./section.tsx";

export function SessionsSection({ locale }: { locale: Locale }) {
  const { sessions: text, failed } = settingsMessages[locale];
  const [items, setItems] = useState<readonly SessionView[]>([]);
  const [message, setMessage] = useState<string>();

  /** Runs what may fail and says so under the list. */
  const attempt = useCallback(
    async (run: () => Promise<void>) => {
      setMessage(undefined);
      try {
        await run();
      } catch (error) {
        setMessage(error instanceof ApiError ? error.message : failed);
      }
    },
    [failed],
  );
  const load = useCallback(async () => {
    const page = await browserApi(locale).session.list({});
    setItems(page.items);
  }, [locale]);
  useEffect(() => {
    attempt(load);
  }, [attempt, load]);

  const end = (sessionId: string) =>
    attempt(async () => {
      await browserApi(locale).session.end({ sessionId });
      await load();
    });
  const endAll = () =>
    attempt(async () => {
      await browserApi(locale).session.endAll({});
      await signOut();
      location.assign(`/${locale}/sign-in`);
    });

  return (
    <Section title={text.title} lead={text.lead}>
      <ul className="sessions">
        {items.map(({ sessionId, device, lastUsedAt, isCurrent }) => {
          const name = device === "?" ? text.unknownDevice : device;
          return (
            <li key={sessionId} className="session">
              <p className="session-device">{name}</p>
              <p className="meta">
                {isCurrent && <strong className="session-here">{text.here}</strong>}
                <time dateTime={lastUsedAt}>{text.lastUsed(formatAgo(lastUsedAt, new Date(), locale))}</time>
              </p>
              {!isCurrent && (
                <button
                  type="button"
                  className="button button-quiet button-small"
                  aria-label={text.endNamed(name)}
                  onClick={() => end(sessionId)}
                >
                  {text.end}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {message && (
        <p className="banner banner-bad" role="alert">
          {message}
        </p>
      )}
      <button type="button" className="button button-quiet" onClick={endAll}>
        {text.endAll}
      </button>
    </Section>
  );
}
