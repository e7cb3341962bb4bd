"use client";

import type { CalendarAddress } from "@haru/core/calendar/calendar.contract";
import type { Locale } from "@haru/core/locale";
import { useCallback, useEffect, useId, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { FormAlert } from "../account/form-shell.tsx";
import { Section, settingsRefusal } from "../account/settings/section.tsx";
import { copyAndSay } from "../site/copy-text.ts";
import { calendarMessages } from "./messages.ts";

/** The secret address of a person's calendar: made, copied, changed for another one, ended. */
export function CalendarSection({ locale }: { locale: Locale }) {
  const text = calendarMessages[locale];
  const id = useId();
  const [known, setKnown] = useState<CalendarAddress>();
  const [done, setDone] = useState<string>();
  const [message, setMessage] = useState<string>();

  const attempt = useCallback(
    async (call: () => Promise<CalendarAddress>, outcome?: string) => {
      setDone(undefined);
      try {
        setKnown(await call());
        setDone(outcome);
        setMessage(undefined);
      } catch (error) {
        setMessage(settingsRefusal(error, locale).message);
      }
    },
    [locale],
  );
  useEffect(() => {
    attempt(() => browserApi(locale).calendar.address({}));
  }, [attempt, locale]);

  const { calendar } = browserApi(locale);
  const address = known?.token ? `${location.origin}/calendar/${known.token}.ics` : undefined;
  return (
    <Section title={text.title} lead={text.lead}>
      <div className="form">
        <FormAlert message={message} />
        {address && (
          <div className="field">
            <label htmlFor={id}>{text.address}</label>
            <input
              id={id}
              className="input"
              readOnly
              aria-describedby={`${id}-warning`}
              value={address}
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
            <p id={`${id}-warning`} className="field-hint">
              {text.warning}
            </p>
          </div>
        )}
        <div className="settings-submit">
          {known && !address && (
            <button
              type="button"
              className="button button-quiet"
              onClick={() => attempt(() => calendar.renew({ replaces: null }))}
            >
              {text.make}
            </button>
          )}
          {known && address && (
            <>
              <button
                type="button"
                className="button button-quiet"
                onClick={async () => {
                  const { isCopied, sentence } = await copyAndSay(address, locale);
                  setDone(isCopied ? sentence : undefined);
                  setMessage(isCopied ? undefined : sentence);
                }}
              >
                {text.copy}
              </button>
              <button
                type="button"
                className="button button-quiet"
                onClick={() => attempt(() => calendar.renew({ replaces: known.token }), text.renewed)}
              >
                {text.renew}
              </button>
              <button
                type="button"
                className="button button-quiet"
                onClick={() => attempt(() => calendar.withdraw({}), text.withdrawn)}
              >
                {text.withdraw}
              </button>
            </>
          )}
          <p className="note" role="status">
            {done}
          </p>
        </div>
      </div>
    </Section>
  );
}
