"use client";

import type { Locale } from "@haru/core/locale";
import { type Invitation, type SharedRole, sharedRoleSchema } from "@haru/core/todo/share.contract";
import { useId, useState } from "react";
import { copyAndSay } from "../site/copy-text.ts";
import { dayName, today } from "./days.ts";
import { shareMessages } from "./share-messages.ts";
import type { ViewedList } from "./store/view.ts";
import { pathTo } from "./use-place.ts";

interface InvitationLinksProps {
  readonly list: ViewedList;
  readonly locale: Locale;
  /** Absent until the server has said it. */
  readonly invitations: readonly Invitation[] | undefined;
  onMake(role: SharedRole): Promise<void>;
  onWithdraw(token: string): void;
}

/** Addresses at which others join the list: made, copied, sent by the person's own mail program, ended. */
export function InvitationLinks({ list, locale, invitations, onMake, onWithdraw }: InvitationLinksProps) {
  const text = shareMessages[locale];
  const id = useId();
  const [role, setRole] = useState<SharedRole>("editor");
  const [isMaking, setMaking] = useState(false);
  const [copy, setCopy] = useState<{ readonly token: string; readonly sentence: string }>();
  const addressOf = (token: string) =>
    location.origin + pathTo(locale, { view: "join", listId: list.listId, token });

  async function make(): Promise<void> {
    if (isMaking) return;
    setMaking(true);
    await onMake(role);
    setMaking(false);
  }

  function mailTo(token: string): string {
    const subject = encodeURIComponent(text.mailSubject(list.name));
    const body = encodeURIComponent(text.mailBody(list.name, addressOf(token)));
    return `mailto:?subject=${subject}&body=${body}`;
  }

  return (
    <>
      <p className="note">{text.invitationsText}</p>
      <div className="link-maker">
        <label htmlFor={id}>{text.newRole}</label>
        <select
          id={id}
          className="input"
          value={role}
          onChange={({ target }) => setRole(sharedRoleSchema.parse(target.value))}
        >
          {sharedRoleSchema.options.toReversed().map((one) => (
            <option key={one} value={one}>
              {text.roles[one]}
            </option>
          ))}
        </select>
        <button type="button" className="button button-small" aria-disabled={isMaking} onClick={make}>
          {text.make}
        </button>
      </div>
      <ul className="links">
        {invitations?.map(({ token, role: given, expiresAt }) => (
          <li key={token}>
            <input
              className="input"
              readOnly
              aria-label={text.invitations}
              value={addressOf(token)}
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
            <p className="meta">
              {text.roles[given]} · {text.until(dayName(locale, expiresAt.slice(0, 10), today()))}
            </p>
            <div className="link-actions">
              <button
                type="button"
                className="button button-quiet button-small"
                onClick={async () => setCopy({ token, ...(await copyAndSay(addressOf(token), locale)) })}
              >
                {text.copy}
              </button>
              <a className="button button-quiet button-small" href={mailTo(token)}>
                {text.mail}
              </a>
              <button
                type="button"
                className="button button-quiet button-small"
                onClick={() => onWithdraw(token)}
              >
                {text.withdraw}
              </button>
              <span className="meta" role="status">
                {copy?.token === token && copy.sentence}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
