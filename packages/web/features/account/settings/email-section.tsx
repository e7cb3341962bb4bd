"use client";

import type { Locale } from "@haru/core/locale";
import { useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { Field } from "../../site/field.tsx";
import { useSubmit } from "../../site/use-submit.ts";
import { FormAlert } from "../form-shell.tsx";
import { accountMessages } from "../messages.ts";
import { PasswordField } from "../password-field.tsx";
import { settingsMessages } from "./messages.ts";
import { Section, SubmitRow, settingsRefusal } from "./section.tsx";

/** A new e-mail counts once the code was entered that is mailed to it. */
export function EmailSection({ locale, email }: { locale: Locale; email: string }) {
  const { email: text, password } = settingsMessages[locale];
  const account = accountMessages[locale];
  const [current, setCurrent] = useState(email);
  const [asked, setAsked] = useState<string>();
  const [done, setDone] = useState<string>();
  const asking = useSubmit(async (data) => {
    setDone(undefined);
    const next = String(data.get("email"));
    const currentPassword = String(data.get("currentPassword"));
    if (currentPassword === "") return { fields: { currentPassword: [account.errors.passwordMissing] } };
    try {
      await browserApi(locale).credential.changeEmail({ currentPassword, email: next });
    } catch (error) {
      return settingsRefusal(error, locale);
    }
    setAsked(next);
    return undefined;
  });
  const confirming = useSubmit(async (data) => {
    try {
      const answer = await browserApi(locale).credential.confirmEmail({ code: String(data.get("code")) });
      setCurrent(answer.email);
    } catch (error) {
      return settingsRefusal(error, locale);
    }
    setAsked(undefined);
    setDone(text.changed);
    return undefined;
  });
  return (
    <Section title={text.title} lead={text.lead(current)}>
      {asked ? (
        <form ref={confirming.form} className="form" onSubmit={confirming.onSubmit} noValidate>
          <p className="banner" role="status">
            {text.sent(asked)}
          </p>
          <FormAlert message={confirming.refusal.message} />
          <Field
            label={text.code}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            required
            maxLength={12}
            hint={account.codeHint}
            errors={confirming.refusal.fields.code}
          />
          <SubmitRow label={text.confirm} isPending={confirming.isPending} done={undefined} />
        </form>
      ) : (
        <form ref={asking.form} className="form" onSubmit={asking.onSubmit} noValidate>
          <FormAlert message={asking.refusal.message} />
          <Field
            label={text.label}
            name="email"
            type="email"
            autoComplete="email"
            required
            maxLength={254}
            errors={asking.refusal.fields.email}
          />
          {/* A password manager finds the entry by the e-mail in force, not by the new one. */}
          <input type="hidden" name="username" autoComplete="username" value={current} readOnly />
          <PasswordField
            text={account}
            label={password.current}
            name="currentPassword"
            autoComplete="current-password"
            errors={asking.refusal.fields.currentPassword}
          />
          <SubmitRow label={text.submit} isPending={asking.isPending} done={done} />
        </form>
      )}
    </Section>
  );
}
