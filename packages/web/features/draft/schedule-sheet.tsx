"use client";

import { ApiError } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import { type FormEvent, useId, useState } from "react";
import { Sheet } from "../site/sheet.tsx";
import type { DraftMessages } from "./messages.ts";

interface ScheduleSheetProps {
  readonly locale: Locale;
  readonly text: DraftMessages;
  /** The present appointment, if there is one. */
  readonly scheduledFor: string | undefined;
  readonly onSchedule: (publishAt: string) => Promise<void>;
  readonly onClose: () => void;
}

/** `2026-11-21T09:00` in the visitor's own time zone, as the platform's field wants it. */
function fieldValueOf(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function nextMorning(): Date {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(9, 0, 0, 0);
  return date;
}

/** Appoints the minute of publication, in a time zone that is said. */
export function ScheduleSheet({ locale, text, scheduledFor, onSchedule, onClose }: ScheduleSheetProps) {
  const id = useId();
  const [when, setWhen] = useState(fieldValueOf(scheduledFor ? new Date(scheduledFor) : nextMorning()));
  const [problem, setProblem] = useState("");
  const zone = new Intl.DateTimeFormat(locale, { timeZoneName: "long" })
    .formatToParts(new Date(when || Date.now()))
    .find(({ type }) => type === "timeZoneName")?.value;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      await onSchedule(new Date(when).toISOString());
      onClose();
    } catch (error) {
      const field = error instanceof ApiError ? error.fields?.publishAt?.[0] : undefined;
      setProblem(field ?? (error instanceof ApiError ? error.message : text.failed));
    }
  }

  return (
    <Sheet title={text.schedule.title} close={text.close} onClose={onClose}>
      <form className="sheet-body" onSubmit={submit}>
        <div className="field">
          <label htmlFor={id}>{text.schedule.when}</label>
          <input
            id={id}
            className="input"
            type="datetime-local"
            required
            value={when}
            min={fieldValueOf(new Date())}
            aria-invalid={problem ? true : undefined}
            aria-describedby={`${id}-zone ${id}-problem`}
            onChange={(event) => setWhen(event.target.value)}
          />
          <p className="field-hint" id={`${id}-zone`}>
            {text.schedule.zone(zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)}
          </p>
          <p className="field-error" id={`${id}-problem`} role="alert">
            {problem}
          </p>
        </div>
        <p className="note">{text.schedule.pinned}</p>
        <button type="submit" className="button">
          {text.schedule.confirm}
        </button>
      </form>
    </Sheet>
  );
}
