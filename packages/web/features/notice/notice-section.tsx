"use client";

import type { Locale } from "@haru/core/locale";
import type { NoticeChoice } from "@haru/core/notice/notice.contract";
import { useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { FormAlert } from "../account/form-shell.tsx";
import { Section, settingsRefusal } from "../account/settings/section.tsx";
import { noticeMessages } from "./messages.ts";

/** What a person gets mails about. A choice holds at once; one that could not be kept goes back. */
export function NoticeSection({ locale }: { locale: Locale }) {
  const text = noticeMessages[locale];
  const [choice, setChoice] = useState<NoticeChoice>();
  const [message, setMessage] = useState<string>();
  useEffect(() => {
    browserApi(locale)
      .notice.read({})
      .then(setChoice)
      .catch((error) => setMessage(settingsRefusal(error, locale).message));
  }, [locale]);

  async function choose(before: NoticeChoice, wanted: NoticeChoice): Promise<void> {
    setMessage(undefined);
    setChoice(wanted);
    try {
      await browserApi(locale).notice.choose(wanted);
    } catch (error) {
      setChoice(before);
      setMessage(settingsRefusal(error, locale).message);
    }
  }

  const kinds = [
    ["comments", text.comments, text.commentsHint],
    ["reminders", text.reminders, text.remindersHint],
  ] as const;
  return (
    <Section title={text.title} lead={text.lead}>
      <FormAlert message={message} />
      {kinds.map(([kind, name, hint]) => (
        <label key={kind} className="settings-choice">
          <input
            type="checkbox"
            checked={choice?.[kind] ?? false}
            disabled={!choice}
            onChange={({ target }) => choice && choose(choice, { ...choice, [kind]: target.checked })}
          />
          <span>
            {name}
            <span className="field-hint">{hint}</span>
          </span>
        </label>
      ))}
    </Section>
  );
}
