"use client";

import type { Locale } from "@haru/core/locale";
import { encode } from "uqr";
import { Field } from "../../site/field.tsx";
import { useSubmit } from "../../site/use-submit.ts";
import { FormAlert } from "../form-shell.tsx";
import { refusalOfRun } from "./proof-form.tsx";
import type { SecondFactorMessages } from "./second-factor-messages.ts";

interface AppFormProps {
  readonly locale: Locale;
  readonly text: SecondFactorMessages;
  readonly secret: string;
  readonly address: string;
  readonly onCode: (code: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** The secret, as a picture and as text, and the code that shows that the app has it. */
export function AppForm({ locale, text, secret, address, onCode, onCancel }: AppFormProps) {
  const { form, isPending, refusal, onSubmit } = useSubmit((data) =>
    refusalOfRun(() => onCode(String(data.get("code"))), locale),
  );
  return (
    <form ref={form} className="form" onSubmit={onSubmit} noValidate>
      <p>{text.scan}</p>
      <QrCode address={address} label={text.qrLabel} />
      <p className="secret">
        <span className="note">{text.secret}</span> <code>{secret.match(/.{1,4}/g)?.join(" ")}</code>
      </p>
      <FormAlert message={refusal.message} />
      <Field
        label={text.code}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        required
        maxLength={20}
        hint={text.codeHint}
        errors={refusal.fields.code}
      />
      <div className="settings-submit">
        <button type="submit" className="button" aria-disabled={isPending}>
          {text.turnOn}
        </button>
        <button type="button" className="button button-quiet" onClick={onCancel}>
          {text.cancel}
        </button>
      </div>
    </form>
  );
}

/** One path of squares: no picture is loaded, and nothing but this page ever sees the secret. */
function QrCode({ address, label }: { address: string; label: string }) {
  const { data, size } = encode(address, { border: 2 });
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={squares.join("")} />
    </svg>
  );
}
