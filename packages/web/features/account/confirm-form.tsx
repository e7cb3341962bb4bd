"use client";

import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { Field } from "../site/field.tsx";
import { refusalOf, useSubmit } from "../site/use-submit.ts";
import { checkConfirm } from "./check.ts";
import { ForgotPasswordForm } from "./forgot-password-form.tsx";
import { FormAlert, FormShell } from "./form-shell.tsx";
import { accountMessages } from "./messages.ts";
import { forgetPendingSignUp, type PendingSignUp, readPendingSignUp } from "./pending-sign-up.ts";
import { signIn } from "./session-client.ts";

export function ConfirmForm({ locale, next }: { locale: Locale; next: string }) {
  const text = accountMessages[locale];
  const router = useRouter();
  const [pending, setPending] = useState<PendingSignUp>();
  const [email, setEmail] = useState("");
  const [notice, setNotice] = useState("");
  const [isTaken, setTaken] = useState(false);

  // The server does not know who is being confirmed; only this browser does.
  useEffect(() => {
    const known = readPendingSignUp();
    setPending(known);
    setEmail(known?.email ?? "");
  }, []);

  const { form, isPending, refusal, onSubmit } = useSubmit(async (data) => {
    setNotice("");
    const input = { email, code: String(data.get("code")) };
    const fields = checkConfirm(input, text);
    if (Object.keys(fields).length > 0) return { fields };
    try {
      await browserApi(locale).account.confirm(input);
    } catch (error) {
      const refused = refusalOf(error, text.errors.unavailable);
      const isWrongCode = error instanceof ApiError && error.code === "unprocessable" && refused.message;
      return isWrongCode ? { fields: { code: [refused.message ?? ""] } } : refused;
    }
    const password = pending?.email === email ? pending.password : undefined;
    forgetPendingSignUp();
    const outcome = password && (await signIn(email, password));
    if (outcome === "signed_in") location.assign(next);
    else if (outcome === "wrong") await replacePassword();
    else router.push(`/${locale}/sign-in?${new URLSearchParams({ next, confirmed: "1" })}`);
    return undefined;
  });

  /** Somebody had signed up with this e-mail before. Whoever reads its mails has just shown whose it is. */
  async function replacePassword(): Promise<void> {
    try {
      await browserApi(locale).credential.forgotPassword({ email });
      setTaken(true);
    } catch {
      router.push(`/${locale}/forgot-password?${new URLSearchParams({ next })}`);
    }
  }

  const resending = useSubmit(async () => {
    setNotice("");
    const { email: wrong } = checkConfirm({ email, code: "" }, text);
    if (wrong) return { fields: { email: wrong } };
    try {
      await browserApi(locale).account.resendCode({ email });
    } catch (error) {
      return refusalOf(error, text.errors.unavailable);
    }
    setNotice(text.resent);
    return undefined;
  });

  if (isTaken) return <ForgotPasswordForm locale={locale} next={next} takenEmail={email} />;
  return (
    <FormShell
      title={text.confirm}
      lead={pending ? text.confirmLead(pending.email) : text.confirmLeadUnknown}
      foot={
        <Link className="text-link" href={`/${locale}/sign-in?${new URLSearchParams({ next })}`}>
          {text.signIn}
        </Link>
      }
    >
      <form ref={form} className="form" onSubmit={onSubmit} noValidate>
        <FormAlert message={refusal.message} />
        <Field
          label={text.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          errors={refusal.fields.email ?? resending.refusal.fields.email}
        />
        <Field
          label={text.code}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          maxLength={12}
          hint={text.codeHint}
          errors={refusal.fields.code}
        />
        <button type="submit" className="button button-wide" aria-disabled={isPending}>
          {isPending ? text.working : text.submitConfirm}
        </button>
      </form>
      <form ref={resending.form} className="form" onSubmit={resending.onSubmit} noValidate>
        <FormAlert message={resending.refusal.message} />
        <button type="submit" className="button button-quiet button-wide" aria-disabled={resending.isPending}>
          {resending.isPending ? text.working : text.resend}
        </button>
        <p className="note" role="status">
          {notice}
        </p>
      </form>
    </FormShell>
  );
}
