"use client";

import { ApiError } from "@haru/core/client";
import { type Locale, localeSchema, locales } from "@haru/core/locale";
import { mostMenuLinks, mostSocialLinks, type SiteSettings } from "@haru/core/site/site.contract";
import { useId, useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { FormAlert } from "../../account/form-shell.tsx";
import { Section, SubmitRow, settingsRefusal } from "../../account/settings/section.tsx";
import { Field } from "../field.tsx";
import { siteMessages } from "../messages.ts";
import { useSubmit } from "../use-submit.ts";
import { CommentPolicySection } from "./comment-policy-section.tsx";
import { LinkRows } from "./link-rows.tsx";
import { siteSettingsMessages } from "./messages.ts";

/** What the site is called in each language, where its menu leads, and the language that it falls back to. */
export function SiteSettingsForm({ locale, initial }: { locale: Locale; initial: SiteSettings }) {
  const text = siteSettingsMessages[locale];
  const id = useId();
  const [settings, setSettings] = useState(initial);
  const [done, setDone] = useState<string>();
  const { form, isPending, refusal, onSubmit } = useSubmit(async () => {
    setDone(undefined);
    try {
      setSettings(await browserApi(locale).site.update(settings));
      setDone(text.saved);
      return undefined;
    } catch (error) {
      if (error instanceof ApiError && error.code === "conflict")
        return { fields: {}, message: text.changedElsewhere };
      return settingsRefusal(error, locale);
    }
  });

  function changeWords(lang: Locale, changed: Partial<SiteSettings["words"]["ko"]>): void {
    const words = { ...settings.words, [lang]: { ...settings.words[lang], ...changed } };
    setSettings({ ...settings, words });
  }

  return (
    <form ref={form} onSubmit={onSubmit} noValidate>
      <FormAlert message={refusal.message} />
      {locales.map((lang) => {
        const words = settings.words[lang];
        return (
          <Section key={lang} title={text.language[lang]} lead={text.languageLead[lang]}>
            <div className="form">
              <Field
                label={text.name}
                name={`words.${lang}.title`}
                lang={lang}
                maxLength={60}
                placeholder={siteMessages[lang].name}
                value={words.title}
                errors={refusal.fields[`words.${lang}.title`]}
                onChange={(event) => changeWords(lang, { title: event.target.value })}
              />
              <Field
                label={text.description}
                name={`words.${lang}.description`}
                lang={lang}
                maxLength={200}
                hint={text.descriptionHint}
                placeholder={siteMessages[lang].tagline}
                value={words.description}
                errors={refusal.fields[`words.${lang}.description`]}
                onChange={(event) => changeWords(lang, { description: event.target.value })}
              />
              <LinkRows
                kind={text.navigation}
                links={words.navigation}
                most={mostMenuLinks}
                path={`words.${lang}.navigation`}
                errors={refusal.fields}
                text={text}
                onChange={(navigation) => changeWords(lang, { navigation })}
              />
            </div>
          </Section>
        );
      })}
      <Section title={text.everywhere} lead={text.everywhereLead}>
        <div className="form">
          <LinkRows
            kind={text.socialLinks}
            links={settings.socialLinks}
            most={mostSocialLinks}
            path="socialLinks"
            errors={refusal.fields}
            text={text}
            onChange={(socialLinks) => setSettings({ ...settings, socialLinks })}
          />
          <Field
            label={text.feedHub}
            name="feedHub"
            type="url"
            inputMode="url"
            spellCheck={false}
            hint={text.feedHubHint}
            placeholder="https://"
            value={settings.feedHub}
            errors={refusal.fields.feedHub}
            onChange={(event) => setSettings({ ...settings, feedHub: event.target.value })}
          />
          <div className="field">
            <label htmlFor={id}>{text.defaultLocale}</label>
            <select
              id={id}
              className="input"
              aria-describedby={`${id}-hint`}
              value={settings.defaultLocale}
              onChange={(event) =>
                setSettings({ ...settings, defaultLocale: localeSchema.parse(event.target.value) })
              }
            >
              {locales.map((lang) => (
                <option key={lang} value={lang}>
                  {text.language[lang]}
                </option>
              ))}
            </select>
            <p className="field-hint" id={`${id}-hint`}>
              {text.defaultLocaleHint}
            </p>
          </div>
        </div>
      </Section>
      <CommentPolicySection
        policy={settings.comments}
        text={text}
        errors={refusal.fields}
        onChange={(comments) => setSettings({ ...settings, comments })}
      />
      <SubmitRow label={text.save} isPending={isPending} done={done} />
    </form>
  );
}
