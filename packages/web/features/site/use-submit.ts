"use client";

import { ApiError } from "@haru/core/client";
import type { FieldErrors } from "@haru/core/errors";
import { type FormEvent, useEffect, useRef, useState } from "react";

/** What a form shows when it was refused. */
export interface Refusal {
  readonly fields: FieldErrors;
  /** For the form as a whole; absent when the fields say it all. */
  readonly message?: string | undefined;
}

export function refusalOf(error: unknown, unknownMessage: string): Refusal {
  if (!(error instanceof ApiError)) return { fields: {}, message: unknownMessage };
  const fields = error.fields ?? {};
  return { fields, message: Object.keys(fields).length > 0 ? undefined : error.message };
}

/** The button that was pressed: its name and value are a part of the form. */
function submitterOf({ nativeEvent }: FormEvent<HTMLFormElement>): HTMLElement | null {
  return (nativeEvent as SubmitEvent).submitter;
}

/**
 * One form: pending while `send` runs, its refusal under the fields, and the focus on the first
 * field that is wrong. What was typed stays, since inputs are never cleared here.
 * @param send answers with a refusal, or with nothing when all went well
 */
export function useSubmit(send: (form: FormData) => Promise<Refusal | undefined>) {
  const form = useRef<HTMLFormElement>(null);
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>({ fields: {} });

  useEffect(() => {
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const message = form.current?.querySelector<HTMLElement>('[role="alert"]');
    if (Object.keys(refusal.fields).length > 0) wrong?.focus();
    else if (refusal.message) message?.focus();
  }, [refusal]);

  async function onSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (isPending) return;
    setPending(true);
    const refused = await send(new FormData(event.currentTarget, submitterOf(event)));
    setPending(false);
    setRefusal(refused ?? { fields: {} });
  }

  return { form, isPending, refusal, onSubmit };
}
