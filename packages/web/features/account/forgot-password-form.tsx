"use client";

import type { Locale } from "@haru/core/locale";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { Field } from "../site/field.tsx";
import { refusalOf, useSubmit } from "../site/use-submit.ts";
import { checkConfirm, checkReset } from "./check.ts";
import { FormAlert, FormShell } from "./form-shell.tsx";
import { accountMessages } from "./messages.ts";
import { PasswordField } from "./password-field.tsx";

interface ForgotPasswordFormProps {
  readonly locale: Locale;
  readonly next: string;
  /** With which somebody else had signed up before, with another password. It has been sent its code. */
  readonly takenEmail?: string;
}

/** Two steps on one page: an e-mail, then the code from the mail with a new password. */
export function ForgotPasswordForm({ locale, next, takenEmail }: ForgotPasswordFormProps) {
  const text = accountMessages[locale];
  const [email, setEmail] = useState(takenEmail);
  const signInPath = (more = {}) => `/${locale}/sign-in?${new URLSearchParams({ next, ...more })}`;
  return (
    <FormShell
      title={takenEmail ? text.newPassword : text.forgot}
      lead={takenEmail ? text.taken(takenEmail) : email ? text.forgotSent(email) : text.forgotLead}
      foot={
        <Link className="text-link" href={signInPath()}>
          {text.signIn}
        </Link>
      }
    >
      {email ? (
        <ResetForm locale={locale} email={email} donePath={signInPath({ reset: "1" })} />
      ) : (
        <AskForm locale={locale} onSent={setEmail} />
      )}
    </FormShell>
  );
}

function AskForm({ locale, onSent }: { locale: Locale; onSent: (email: string) => void }) {
  const text = accountMessages[locale];
  const { form, isPending, refusal, onSubmit } = useSubmit(async (data) => {
    const email = String(data.get("email"));
    const { email: wrong } = checkConfirm({ email, code: "" }, text);
    if (wrong) return { fields: { email: wrong } };
    try {
      await browserApi(locale).credential.forgotPassword({ email });
    } catch (error) {
      return refusalOf(error, text.errors.unavailable);
    }
    onSent(email);
    return undefined;
  });
  return (
    <form ref={form} className="form" onSubmit={onSubmit} noValidate>
      <FormAlert message={refusal.message} />
      <Field
        label={text.email}
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        errors={refusal.fields.email}
      />
      <button type="submit" className="button button-wide" aria-disabled={isPending}>
        {isPending ? text.working : text.submitForgot}
      </button>
    </form>
  );
}

interface ResetFormProps {
  readonly locale: Locale;
  readonly email: string;
  readonly donePath: string;
}

function ResetForm({ locale, email, donePath }: ResetFormProps) {
  const text = accountMessages[locale];
  const router = useRouter();
  const { form, isPending, refusal, onSubmit } = useSubmit(async (data) => {
    const input = { code: String(data.get("code")), password: String(data.get("password")) };
    const fields = checkReset(input, text);
    if (Object.keys(fields).length > 0) return { fields };
    try {
      await browserApi(locale).credential.resetPassword({ email, ...input });
    } catch (error) {
      return refusalOf(error, text.errors.unavailable);
    }
    router.push(donePath);
    return undefined;
  });
  return (
    <form ref={form} className="form" onSubmit={onSubmit} noValidate>
      <FormAlert message={refusal.message} />
      {/* A password manager stores the new password under this name. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field
        label={text.code}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        required
        maxLength={12}
        hint={text.codeHint}
        errors={refusal.fields.code}
      />
      <PasswordField
        text={text}
        label={text.newPassword}
        autoComplete="new-password"
        errors={refusal.fields.password}
      />
      <button type="submit" className="button button-wide" aria-disabled={isPending}>
        {isPending ? text.working : text.submitReset}
      </button>
    </form>
  );
}
