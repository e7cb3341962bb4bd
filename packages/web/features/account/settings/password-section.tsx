"use client";

import type { Locale } from "@haru/core/locale";
import { useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { useSubmit } from "../../site/use-submit.ts";
import { passwordRules } from "../check.ts";
import { FormAlert } from "../form-shell.tsx";
import { accountMessages } from "../messages.ts";
import { PasswordField } from "../password-field.tsx";
import { settingsMessages } from "./messages.ts";
import { Section, SubmitRow, settingsRefusal } from "./section.tsx";

export function PasswordSection({ locale, email }: { locale: Locale; email: string }) {
  const { password: text } = settingsMessages[locale];
  const account = accountMessages[locale];
  const [done, setDone] = useState<string>();
  /** Fields are made anew after a success, so that no password stays in the page. */
  const [round, setRound] = useState(0);
  const { form, isPending, refusal, onSubmit } = useSubmit(async (data) => {
    setDone(undefined);
    const currentPassword = String(data.get("currentPassword"));
    const password = String(data.get("password"));
    if (currentPassword === "") return { fields: { currentPassword: [account.errors.passwordMissing] } };
    if (!Object.values(passwordRules(password)).every(Boolean))
      return { fields: { password: [account.errors.password] } };
    try {
      await browserApi(locale).credential.changePassword({ currentPassword, password });
    } catch (error) {
      return settingsRefusal(error, locale);
    }
    setRound(round + 1);
    setDone(text.changed);
    return undefined;
  });
  return (
    <Section title={text.title} lead={text.lead}>
      <form ref={form} className="form" onSubmit={onSubmit} noValidate>
        <FormAlert message={refusal.message} />
        {/* A password manager finds the entry to change by this name. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField
          key={`current-${round}`}
          text={account}
          label={text.current}
          name="currentPassword"
          autoComplete="current-password"
          errors={refusal.fields.currentPassword}
        />
        <PasswordField
          key={`next-${round}`}
          text={account}
          label={text.next}
          autoComplete="new-password"
          errors={refusal.fields.password}
        />
        <SubmitRow label={text.submit} isPending={isPending} done={done} />
      </form>
    </Section>
  );
}
