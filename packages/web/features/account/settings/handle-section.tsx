"use client";

import type { Locale } from "@haru/core/locale";
import { useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { Field } from "../../site/field.tsx";
import { useSubmit } from "../../site/use-submit.ts";
import { FormAlert } from "../form-shell.tsx";
import { settingsMessages } from "./messages.ts";
import { Section, SubmitRow, settingsRefusal } from "./section.tsx";

export function HandleSection({ locale, handle }: { locale: Locale; handle: string | undefined }) {
  const { handle: text, saved } = settingsMessages[locale];
  const [done, setDone] = useState<string>();
  const { form, isPending, refusal, onSubmit } = useSubmit(async (data) => {
    setDone(undefined);
    try {
      await browserApi(locale).profile.changeHandle({ handle: String(data.get("handle")) });
    } catch (error) {
      return settingsRefusal(error, locale);
    }
    setDone(saved);
    return undefined;
  });
  return (
    <Section title={text.title} lead={text.lead}>
      <form ref={form} className="form" onSubmit={onSubmit} noValidate>
        <FormAlert message={refusal.message} />
        <Field
          label={text.label}
          name="handle"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={60}
          defaultValue={handle}
          hint={text.hint}
          errors={refusal.fields.handle}
        />
        <SubmitRow label={text.submit} isPending={isPending} done={done} />
      </form>
    </Section>
  );
}
