"use client";

import type { Locale } from "@haru/core/locale";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { signOut } from "../session-client.ts";
import { closureMessages } from "./closure-messages.ts";
import { ProofForm } from "./proof-form.tsx";
import { Section, settingsRefusal } from "./section.tsx";

/** Leaving, and coming back while there is time. */
export function ClosureSection({ locale }: { locale: Locale }) {
  const text = closureMessages[locale];
  /** `null` while the account stays, nothing while that is not known. */
  const [closesAt, setClosesAt] = useState<string | null>();
  const [message, setMessage] = useState<string>();
  const load = useCallback(async () => {
    try {
      setClosesAt((await browserApi(locale).closure.read({})).closesAt ?? null);
    } catch (error) {
      setMessage(settingsRefusal(error, locale).message);
    }
  }, [locale]);
  useEffect(() => {
    load();
  }, [load]);

  const close = async (currentPassword: string) => {
    await browserApi(locale).closure.request({ currentPassword });
    // Every session is over by now, this one as well.
    await signOut();
    location.assign(`/${locale}/sign-in`);
  };
  const keep = async () => {
    setMessage(undefined);
    try {
      await browserApi(locale).closure.cancel({});
      setClosesAt(null);
      setMessage(text.kept);
    } catch (error) {
      setMessage(settingsRefusal(error, locale).message);
    }
  };

  return (
    <Section title={text.title} lead={text.lead}>
      {message && <p role="status">{message}</p>}
      {closesAt === null && (
        <details className="settings-more">
          <summary>{text.begin}</summary>
          <p className="note">{text.consequences}</p>
          <ProofForm
            locale={locale}
            label={text.currentPassword}
            actions={[{ label: text.submit, run: close }]}
          />
        </details>
      )}
      {closesAt && (
        <div className="banner banner-bad">
          <p>{text.closesAt(formatDay(closesAt, locale))}</p>
          <button type="button" className="button button-quiet button-small" onClick={keep}>
            {text.keep}
          </button>
        </div>
      )}
    </Section>
  );
}

function formatDay(time: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(new Date(time));
}
