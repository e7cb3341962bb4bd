"use client";

import type { Locale } from "@haru/core/locale";
import type { Takeout } from "@haru/core/takeout/takeout.contract";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { fileSize } from "../../site/file-size.ts";
import { Section, settingsRefusal } from "./section.tsx";
import { takeoutMessages } from "./takeout-messages.ts";

const askEveryMilliseconds = 2_000;

/** One zip of everything: asked for, watched while it is made, fetched. */
export function TakeoutSection({ locale }: { locale: Locale }) {
  const text = takeoutMessages[locale];
  const [takeout, setTakeout] = useState<Takeout>();
  const [message, setMessage] = useState<string>();

  /** Runs what may fail and says so. */
  const attempt = useCallback(
    async (run: () => Promise<void>) => {
      try {
        await run();
        setMessage(undefined);
      } catch (error) {
        setMessage(settingsRefusal(error, locale).message);
      }
    },
    [locale],
  );
  const load = useCallback(
    () => attempt(async () => setTakeout((await browserApi(locale).takeout.read({})).takeout)),
    [attempt, locale],
  );
  useEffect(() => {
    load();
  }, [load]);
  const isUnderWay = takeout?.state === "queued" || takeout?.state === "running";
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const timer = setInterval(load, askEveryMilliseconds);
    return () => clearInterval(timer);
  }, [isUnderWay, load]);

  const request = () => attempt(async () => setTakeout(await browserApi(locale).takeout.request({})));
  const download = () =>
    attempt(async () => {
      // The answer is an attachment, so that this page stays.
      location.assign((await browserApi(locale).takeout.link({})).url);
    });

  return (
    <Section title={text.title} lead={text.lead}>
      <div role="status">
        {takeout && <p>{text.states[takeout.state]}</p>}
        {takeout?.expiresAt && <p className="note">{text.until(formatTime(takeout.expiresAt, locale))}</p>}
      </div>
      {takeout?.state === "running" && (
        <progress
          className="takeout-progress"
          value={takeout.done}
          max={Math.max(takeout.total, 1)}
          aria-label={text.progress(takeout.done, takeout.total)}
        />
      )}
      {message && (
        <p className="banner banner-bad" role="alert">
          {message}
        </p>
      )}
      <div className="settings-submit">
        {takeout?.state === "ready" && (
          <button type="button" className="button" onClick={download}>
            {text.download(fileSize(takeout.bytes ?? 0, locale))}
          </button>
        )}
        {!isUnderWay && (
          <button type="button" className="button button-quiet" onClick={request}>
            {text.request}
          </button>
        )}
      </div>
    </Section>
  );
}

function formatTime(time: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(new Date(time));
}
