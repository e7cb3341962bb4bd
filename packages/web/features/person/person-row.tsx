"use client";

import type { Locale } from "@haru/core/locale";
import type { PersonView } from "@haru/core/person/person.contract";
import { type FormEvent, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { Field } from "../site/field.tsx";
import { Initial } from "../site/initial-badge.tsx";
import { refusalOf } from "../site/use-submit.ts";
import { personMessages } from "./messages.ts";

interface PersonRowProps {
  readonly locale: Locale;
  readonly person: PersonView;
  readonly onChange: (person: PersonView) => void;
}

/** Readers are everybody; these can be given and taken. */
const givenRoles = ["author", "admin"] as const;

export function PersonRow({ locale, person, onChange }: PersonRowProps) {
  const text = personMessages[locale];
  const { accountId, displayName, email, roles, suspendedAt, createdAt } = person;
  const [message, setMessage] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const api = browserApi(locale).person;

  async function attempt(run: () => Promise<PersonView>): Promise<void> {
    setMessage(undefined);
    try {
      onChange(await run());
      setAsking(false);
    } catch (error) {
      setMessage(refusalOf(error, text.failed).message ?? text.failed);
    }
  }
  function suspend(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason"));
    attempt(() => api.suspend({ accountId, reason }));
  }

  const since = new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(createdAt));
  return (
    <li className="person">
      <Initial name={displayName} seed={accountId} />
      <div>
        <p className="person-name">
          {displayName} {suspendedAt && <strong className="person-suspended">{text.suspended}</strong>}
        </p>
        <p className="meta">
          <span>{email}</span>
          {roles.length > 0 && <span>{roles.map((role) => text.roles[role]).join(", ")}</span>}
          <time dateTime={createdAt}>{text.since(since)}</time>
        </p>
        {message && (
          <p className="field-error" role="alert">
            {message}
          </p>
        )}
      </div>
      <fieldset className="person-actions">
        <legend className="visually-hidden">{text.actionsFor(displayName)}</legend>
        {givenRoles.map((role) => {
          const isHeld = roles.includes(role);
          const change = isHeld ? api.takeRole : api.grantRole;
          return (
            <button
              key={role}
              type="button"
              className="button button-quiet button-small"
              onClick={() => attempt(() => change({ accountId, role }))}
            >
              {(isHeld ? text.take : text.grant)(text.roles[role])}
            </button>
          );
        })}
        {suspendedAt ? (
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => attempt(() => api.restore({ accountId }))}
          >
            {text.restore}
          </button>
        ) : (
          <button
            type="button"
            className="button button-quiet button-small"
            aria-expanded={isAsking}
            onClick={() => setAsking(!isAsking)}
          >
            {isAsking ? text.cancel : text.suspend}
          </button>
        )}
      </fieldset>
      {isAsking && !suspendedAt && (
        <form className="person-suspension" onSubmit={suspend}>
          <Field label={text.reason} name="reason" maxLength={500} autoFocus hint={text.reasonHint} />
          <button type="submit" className="button">
            {text.suspend}
          </button>
        </form>
      )}
    </li>
  );
}
