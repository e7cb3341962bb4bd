"use client";

import type { Locale } from "@haru/core/locale";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { browserApi } from "../../browser-api.ts";
import { Field } from "../site/field.tsx";
import { refusalOf, useSubmit } from "../site/use-submit.ts";
import { checkSignUp } from "./check.ts";
import { FormAlert, FormShell } from "./form-shell.tsx";
import { accountMessages } from "./messages.ts";
import { PasswordField } from "./password-field.tsx";
import { rememberPendingSignUp } from "./pending-sign-up.ts";

export function SignUpForm({ locale, next }: { locale: Locale; next: string }) {
  const text = accountMessages[locale];
  const router = useRouter();
  const { form, isPending, refusal, onSubmit } = useSubmit(async (data) => {
    const input = {
      displayName: String(data.get("displayName")),
      email: String(data.get("email")),
      password: String(data.get("password")),
    };
    const fields = checkSignUp(input, text);
    if (Object.keys(fields).length > 0) return { fields };
    try {
      await browserApi(locale).account.signUp({ ...input, locale });
    } catch (error) {
      return refusalOf(error, text.errors.unavailable);
    }
    rememberPendingSignUp({ email: input.email, password: input.password });
    router.push(`/${locale}/confirm?${new URLSearchParams({ next })}`);
    return undefined;
  });
  return (
    <FormShell
      title={text.signUp}
      lead={text.signUpLead}
      foot={
        <>
          {text.haveAccount}{" "}
          <Link className="text-link" href={`/${locale}/sign-in?${new URLSearchParams({ next })}`}>
            {text.signIn}
          </Link>
        </>
      }
    >
      <form ref={form} className="form" onSubmit={onSubmit} noValidate>
        <FormAlert message={refusal.message} />
        <Field
          label={text.displayName}
          name="displayName"
          autoComplete="name"
          required
          maxLength={50}
          hint={text.displayNameHint}
          errors={refusal.fields.displayName}
        />
        <Field
          label={text.email}
          name="email"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          errors={refusal.fields.email}
        />
        <PasswordField text={text} autoComplete="new-password" errors={refusal.fields.password} />
        <button type="submit" className="button button-wide" aria-disabled={isPending}>
          {isPending ? text.working : text.submitSignUp}
        </button>
      </form>
    </FormShell>
  );
}
