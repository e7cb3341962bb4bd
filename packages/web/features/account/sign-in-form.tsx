"use client";

import type { Locale } from "@haru/core/locale";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Field } from "../site/field.tsx";
import { useSubmit } from "../site/use-submit.ts";
import { checkSignIn } from "./check.ts";
import { FormAlert, FormShell } from "./form-shell.tsx";
import { type AccountMessages, accountMessages } from "./messages.ts";
import { PasswordField } from "./password-field.tsx";
import { rememberPendingSignUp } from "./pending-sign-up.ts";
import { signIn } from "./session-client.ts";

interface SignInFormProps {
  readonly locale: Locale;
  readonly next: string;
  /** Said above the form: what has just been done elsewhere. */
  readonly notice: "confirmed" | "wasReset" | undefined;
}

export function SignInForm({ locale, next, notice }: SignInFormProps) {
  const text = accountMessages[locale];
  const router = useRouter();
  const [asksFor, setAsksFor] = useState<"password" | "code" | "recoveryCode">("password");
  const { form, isPending, refusal, onSubmit } = useSubmit(async (data) => {
    const input = { email: String(data.get("email")), password: String(data.get("password")) };
    const fields = checkSignIn(input, text);
    if (Object.keys(fields).length > 0) return { fields };
    const outcome = await signIn(input.email, input.password, {
      code: String(data.get("code") ?? ""),
      recoveryCode: String(data.get("recoveryCode") ?? ""),
    });
    switch (outcome) {
      case "signed_in":
        // A full load: the page may be one of the cached ones, which are no part of this application.
        // Whoever used a recovery code has no second factor now, and sees that first.
        location.assign(asksFor === "recoveryCode" ? `/${locale}/settings` : next);
        return undefined;
      case "not_confirmed":
        rememberPendingSignUp(input);
        router.push(`/${locale}/confirm?${new URLSearchParams({ next })}`);
        return undefined;
      case "code_required":
        setAsksFor("code");
        return undefined;
      case "code_wrong":
        return { fields: { code: [text.errors.appCode] } };
      case "recovery_code_wrong":
        return { fields: { recoveryCode: [text.errors.recoveryCode] } };
      case "wrong":
        return { fields: {}, message: text.errors.wrong };
      case "too_many_tries":
        return { fields: {}, message: text.errors.tooManyTries };
      case "unavailable":
        return { fields: {}, message: text.errors.unavailable };
    }
  });
  return (
    <FormShell
      title={text.signIn}
      foot={
        <>
          <Link className="text-link" href={`/${locale}/forgot-password?${new URLSearchParams({ next })}`}>
            {text.forgot}
          </Link>
          <br />
          {text.noAccount}{" "}
          <Link className="text-link" href={`/${locale}/sign-up?${new URLSearchParams({ next })}`}>
            {text.signUp}
          </Link>
        </>
      }
    >
      <form ref={form} className="form" onSubmit={onSubmit} noValidate>
        {notice && (
          <p className="banner banner-ok" role="status">
            {text[notice]}
          </p>
        )}
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
        <PasswordField text={text} autoComplete="current-password" errors={refusal.fields.password} />
        {asksFor !== "password" && (
          <SecondProofField
            key={asksFor}
            text={text}
            kind={asksFor}
            errors={refusal.fields[asksFor]}
            onOther={() => setAsksFor(asksFor === "code" ? "recoveryCode" : "code")}
          />
        )}
        <button type="submit" className="button button-wide" aria-disabled={isPending}>
          {isPending ? text.working : text.submitSignIn}
        </button>
      </form>
    </FormShell>
  );
}

interface SecondProofFieldProps {
  readonly text: AccountMessages;
  readonly kind: "code" | "recoveryCode";
  readonly errors: readonly string[] | undefined;
  readonly onOther: () => void;
}

/** The code of the app, or a recovery code in its place. */
function SecondProofField({ text, kind, errors, onOther }: SecondProofFieldProps) {
  const isOfApp = kind === "code";
  return (
    <div>
      <Field
        label={isOfApp ? text.appCode : text.recoveryCode}
        name={kind}
        inputMode={isOfApp ? "numeric" : "text"}
        autoComplete={isOfApp ? "one-time-code" : "off"}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        maxLength={isOfApp ? 20 : 40}
        hint={isOfApp ? text.appCodeHint : text.recoveryCodeHint}
        errors={errors}
      />
      <button type="button" className="text-link link-button" onClick={onOther}>
        {isOfApp ? text.useRecoveryCode : text.useAppCode}
      </button>
    </div>
  );
}
