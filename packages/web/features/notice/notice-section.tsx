"use client";

import type { Locale } from "@haru/core/locale";
import { useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { FormAlert } from "../account/form-shell.tsx";
import { Section, settingsRefusal } from "../account/settings/section.tsx";
import { noticeMessages } from "./messages.ts";

/** What a person gets mails about. A choice holds at once; one that could not be kept goes back. */
export function NoticeSection({ locale }: { locale: Locale }) {
  const text = noticeMessages[locale];
  const [comments, setComments] = useState<boolean>();
  const [message, setMessage] = useState<string>();
  useEffect(() => {
    browserApi(locale)
      .notice.read({})
      .then((choice) => setComments(choice.comments))
      .catch((error) => setMessage(settingsRefusal(error, locale).message));
  }, [locale]);

  async function choose(wanted: boolean): Promise<void> {
    setMessage(undefined);
    setComments(wanted);
    try {
      await browserApi(locale).notice.choose({ comments: wanted });
    } catch (error) {
      setComments(!wanted);
      setMessage(settingsRefusal(error, locale).message);
    }
  }

  return (
    <Section title={text.title} lead={text.lead}>
      <FormAlert message={message} />
      <label className="settings-choice">
        <input
          type="checkbox"
          checked={comments ?? false}
          disabled={comments === undefined}
          onChange={({ target }) => choose(target.checked)}
        />
        <span>
          {text.comments}
          <span className="field-hint">{text.commentsHint}</span>
        </span>
      </label>
    </Section>
  );
}
