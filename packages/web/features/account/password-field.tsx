"use client";

import { useState } from "react";
import { Field } from "../site/field.tsx";
import { type PasswordRule, passwordRules } from "./check.ts";
import type { AccountMessages } from "./messages.ts";

interface PasswordFieldProps {
  readonly text: AccountMessages;
  readonly errors: readonly string[] | undefined;
  readonly autoComplete: "new-password" | "current-password";
  readonly label?: string;
  readonly name?: string;
}

/** A password that can be looked at; a new one shows which rules it keeps while it is typed. */
export function PasswordField({
  text,
  errors,
  autoComplete,
  label = text.password,
  name = "password",
}: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const [value, setValue] = useState("");
  const rules = Object.entries(passwordRules(value)) as [PasswordRule, boolean][];
  return (
    <div className="password">
      <Field
        label={label}
        name={name}
        type={isShown ? "text" : "password"}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={256}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        errors={errors}
        hint={
          autoComplete === "new-password" && (
            <ul className="rules" aria-label={text.rulesLabel}>
              {rules.map(([rule, isKept]) => (
                <li key={rule} data-kept={isKept || undefined}>
                  {text.rules[rule]}
                </li>
              ))}
            </ul>
          )
        }
      />
      <label className="password-show">
        <input type="checkbox" checked={isShown} onChange={() => setShown(!isShown)} />
        {text.showPassword}
      </label>
    </div>
  );
}
