"use client";

import { type Locale, localeSchema, locales } from "@haru/core/locale";
import { mostBioBytes, type OwnProfile } from "@haru/core/profile/profile.contract";
import { useId, useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { Field } from "../../site/field.tsx";
import { type Theme, themeCookieOf, themes } from "../../site/theme.ts";
import { useSubmit } from "../../site/use-submit.ts";
import { FormAlert } from "../form-shell.tsx";
import { AvatarField } from "./avatar-field.tsx";
import { settingsMessages } from "./messages.ts";
import { Section, SubmitRow, settingsRefusal } from "./section.tsx";

export function ProfileSection({ locale, profile }: { locale: Locale; profile: OwnProfile }) {
  const { profile: text, save, saved } = settingsMessages[locale];
  const [done, setDone] = useState<string>();
  const { form, isPending, refusal, onSubmit } = useSubmit(async (data) => {
    setDone(undefined);
    const language = localeSchema.parse(data.get("locale"));
    const theme = String(data.get("theme")) as Theme;
    try {
      await browserApi(locale).profile.update({
        displayName: String(data.get("displayName")),
        bio: String(data.get("bio")),
        locale: language,
        theme,
      });
    } catch (error) {
      return settingsRefusal(error, locale);
    }
    show(theme);
    if (language === locale) setDone(saved);
    else location.assign(`/${language}/settings`);
    return undefined;
  });
  return (
    <Section title={text.title} lead={text.lead}>
      <AvatarField locale={locale} profile={profile} />
      <form ref={form} className="form" onSubmit={onSubmit} noValidate>
        <FormAlert message={refusal.message} />
        <Field
          label={text.name}
          name="displayName"
          autoComplete="name"
          required
          maxLength={50}
          defaultValue={profile.displayName}
          errors={refusal.fields.displayName}
        />
        <BioField label={text.bio} hint={text.bioHint} value={profile.bio} errors={refusal.fields.bio} />
        <div className="settings-pair">
          <Choice
            label={text.language}
            name="locale"
            value={profile.locale}
            options={locales}
            says={text.languages}
          />
          <Choice label={text.theme} name="theme" value={profile.theme} options={themes} says={text.themes} />
        </div>
        <SubmitRow label={save} isPending={isPending} done={done} />
      </form>
    </Section>
  );
}

/** At once and on every page, as the menu in the bar does it. */
function show(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous and not everywhere.
  document.cookie = themeCookieOf(theme);
}

interface BioFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly errors: readonly string[] | undefined;
}

function BioField({ label, hint, value, errors }: BioFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        name="bio"
        className="input"
        rows={4}
        maxLength={mostBioBytes}
        defaultValue={value}
        aria-invalid={errors ? true : undefined}
        aria-describedby={errors ? `${id}-hint ${id}-error` : `${id}-hint`}
      />
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
      {errors && (
        <p className="field-error" id={`${id}-error`}>
          {errors.join(" ")}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly name: string;
  readonly value: Value;
  readonly options: readonly Value[];
  readonly says: Readonly<Record<Value, string>>;
}

function Choice<Value extends string>({ label, name, value, options, says }: ChoiceProps<Value>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} className="input" defaultValue={value}>
        {options.map((option) => (
          <option key={option} value={option}>
            {says[option]}
          </option>
        ))}
      </select>
    </div>
  );
}
