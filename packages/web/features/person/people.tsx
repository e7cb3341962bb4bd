"use client";

import type { Locale } from "@haru/core/locale";
import type { PersonView } from "@haru/core/person/person.contract";
import { type FormEvent, useCallback, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { Section } from "../account/settings/section.tsx";
import { Field } from "../site/field.tsx";
import { type Pages, withPage } from "../site/pages.ts";
import { refusalOf } from "../site/use-submit.ts";
import { AuditTrail } from "./audit-trail.tsx";
import { personMessages } from "./messages.ts";
import { PersonRow } from "./person-row.tsx";

interface Found extends Pages<PersonView> {
  readonly email: string;
}

/** Finds people by how their e-mail begins, and shows what was done to whom. */
export function People({ locale }: { locale: Locale }) {
  const text = personMessages[locale];
  const [found, setFound] = useState<Found>();
  const [message, setMessage] = useState<string>();
  /** Counts what was done here, so that the record is read again. */
  const [changes, setChanges] = useState(0);

  const find = useCallback(
    async (email: string, after?: string) => {
      setMessage(undefined);
      try {
        const next = await browserApi(locale).person.list({ email, ...(after ? { cursor: after } : {}) });
        setFound((shown) => withPage(shown, after, { email, ...next }));
      } catch (error) {
        const refusal = refusalOf(error, text.failed);
        setMessage(refusal.message ?? refusal.fields.email?.join(" ") ?? text.failed);
      }
    },
    [locale, text],
  );
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    find(String(new FormData(event.currentTarget).get("email")));
  }
  function onChange(person: PersonView): void {
    setChanges((count) => count + 1);
    setFound(
      (known) =>
        known && {
          ...known,
          items: known.items.map((one) => (one.accountId === person.accountId ? person : one)),
        },
    );
  }

  return (
    <>
      <h1>{text.title}</h1>
      <form className="people-find" onSubmit={onSubmit}>
        <Field
          label={text.find.label}
          name="email"
          type="search"
          autoComplete="off"
          hint={text.find.hint}
          required
        />
        <button type="submit" className="button">
          {text.find.submit}
        </button>
      </form>
      {message && (
        <p className="banner banner-bad" role="alert">
          {message}
        </p>
      )}
      <p className="visually-hidden" role="status">
        {found && String(found.items.length)}
      </p>
      {found?.items.length === 0 && <p className="empty">{text.find.none}</p>}
      <ul className="people">
        {found?.items.map((person) => (
          <PersonRow key={person.accountId} locale={locale} person={person} onChange={onChange} />
        ))}
      </ul>
      {found?.cursor && (
        <button type="button" className="button button-quiet" onClick={() => find(found.email, found.cursor)}>
          {text.more}
        </button>
      )}
      <Section title={text.trail.title} lead={text.trail.lead}>
        <AuditTrail key={changes} locale={locale} />
      </Section>
    </>
  );
}
