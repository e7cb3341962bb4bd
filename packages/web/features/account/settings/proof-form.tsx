"use client";

import type { Locale } from "@haru/core/locale";
import { type Refusal, useSubmit } from "../../site/use-submit.ts";
import { FormAlert } from "../form-shell.tsx";
import { accountMessages } from "../messages.ts";
import { PasswordField } from "../password-field.tsx";
import { settingsRefusal } from "./section.tsx";

interface ProofFormProps {
  readonly locale: Locale;
  readonly label: string;
  /** What the password is asked for; the first one is what the Enter key does. */
  readonly actions: readonly {
    readonly label: string;
    readonly run: (currentPassword: string) => Promise<void>;
  }[];
}

/** Asks for the password before something that a thief of the device must not do. */
export function ProofForm({ locale, label, actions }: ProofFormProps) {
  const account = accountMessages[locale];
  const { form, isPending, refusal, onSubmit } = useSubmit(async (data) => {
    const currentPassword = String(data.get("currentPassword"));
    if (currentPassword === "") return { fields: { currentPassword: [account.errors.passwordMissing] } };
    const chosen = actions[Number(data.get("action") ?? 0)];
    return refusalOfRun(async () => chosen?.run(currentPassword), locale);
  });
  return (
    <form ref={form} className="form" onSubmit={onSubmit} noValidate>
      <FormAlert message={refusal.message} />
      <PasswordField
        text={account}
        label={label}
        name="currentPassword"
        autoComplete="current-password"
        errors={refusal.fields.currentPassword}
      />
      <div className="settings-submit">
        {actions.map((action, index) => (
          <button
            key={action.label}
            type="submit"
            name="action"
            value={index}
            className={index === 0 ? "button" : "button button-quiet"}
            aria-disabled={isPending}
          >
            {action.label}
          </button>
        ))}
      </div>
    </form>
  );
}

/** What went wrong with something that a form does, if anything did. */
export async function refusalOfRun(run: () => Promise<void>, locale: Locale): Promise<Refusal | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return settingsRefusal(error, locale);
  }
}
