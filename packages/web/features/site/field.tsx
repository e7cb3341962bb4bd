"use client";

import { type ComponentProps, type ReactNode, useId } from "react";

interface FieldProps extends Omit<ComponentProps<"input">, "id"> {
  readonly label: string;
  readonly name: string;
  readonly hint?: ReactNode;
  readonly errors?: readonly string[] | undefined;
}

/** A label, an input and, under it, what is wrong with it. */
export function Field({ label, hint, errors, ...input }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", errors ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        className="input"
        aria-invalid={errors ? true : undefined}
        aria-describedby={described || undefined}
      />
      {hint && (
        <div className="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {errors && (
        <p className="field-error" id={`${id}-error`}>
          {errors.join(" ")}
        </p>
      )}
    </div>
  );
}
