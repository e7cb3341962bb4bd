"use client";

import type { Locale } from "@haru/core/locale";
import type { SaveStatus } from "./autosave.ts";
import type { DraftMessages } from "./messages.ts";

interface TroubleProps {
  readonly status: SaveStatus;
  readonly locale: Locale;
  readonly text: DraftMessages;
  readonly onSaveAgain: () => void;
}

/** What keeps a draft from being saved, said in its place, with the ways out of it. */
export function Trouble({ status, locale, text, onSaveAgain }: TroubleProps) {
  switch (status.state) {
    case "signed_out":
      return (
        <div className="banner banner-accent" role="alert">
          <p>{text.signedOut.text}</p>
          <a className="button button-small" href={`/${locale}/sign-in`} target="_blank" rel="noopener">
            {text.signedOut.signIn}
          </a>
          <button type="button" className="button button-quiet button-small" onClick={onSaveAgain}>
            {text.signedOut.again}
          </button>
        </div>
      );
    case "waiting":
      return (
        <p className="banner" role="alert">
          {text.save.waiting}
        </p>
      );
    case "refused":
      return Object.keys(status.fieldErrors).some((field) => field !== "slug" && field !== "tags") ||
        Object.keys(status.fieldErrors).length === 0 ? (
        <p className="banner banner-bad" role="alert">
          {[...Object.values(status.fieldErrors).flat(), status.message].filter(Boolean)[0]}
        </p>
      ) : null;
    default:
      return null;
  }
}
