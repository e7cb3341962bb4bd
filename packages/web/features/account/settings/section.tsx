"use client";

import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import { type ReactNode, useId } from "react";
import { type Refusal, refusalOf } from "../../site/use-submit.ts";
import { accountMessages } from "../messages.ts";
import { settingsMessages } from "./messages.ts";

interface SectionProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

/** One thing that can be set: what it is on one side, the form on the other. */
export function Section({ title, lead, children }: SectionProps) {
  const id = useId();
  return (
    <section className="settings-section" aria-labelledby={id}>
      <div className="settings-about">
        <h2 id={id}>{title}</h2>
        <p className="note">{lead}</p>
      </div>
      <div className="settings-form">{children}</div>
    </section>
  );
}

/** A refusal in a form that somebody has filled in: a session that is over must not cost the text. */
export function settingsRefusal(error: unknown, locale: Locale): Refusal {
  if (error instanceof ApiError && error.code === "unauthenticated")
    return { fields: {}, message: settingsMessages[locale].signedOut };
  return refusalOf(error, accountMessages[locale].errors.unavailable);
}

/** The button of a form, and beside it that all went well. */
export function SubmitRow({
  label,
  isPending,
  done,
}: {
  label: string;
  isPending: boolean;
  done: string | undefined;
}) {
  return (
    <div className="settings-submit">
      <button type="submit" className="button" aria-disabled={isPending}>
        {label}
      </button>
      <p className="note" role="status">
        {done}
      </p>
    </div>
  );
}
