"use client";

import { type ComponentProps, useId } from "react";

interface DetailFieldProps extends Omit<ComponentProps<"input">, "id" | "prefix"> {
  readonly label: string;
  readonly before?: string;
  readonly errors: readonly string[] | undefined;
}

/** One quiet line of what stands around a text. */
export function DetailField({ label, before, errors, ...input }: DetailFieldProps) {
  const id = useId();
  return (
    <div className="detail">
      <label htmlFor={id}>{label}</label>
      <div className="detail-value">
        {before && <span className="detail-before">{before}</span>}
        <input
          {...input}
          id={id}
          className="quiet-input"
          aria-invalid={errors ? true : undefined}
          aria-describedby={errors ? `${id}-error` : undefined}
        />
      </div>
      {errors && (
        <p className="field-error" id={`${id}-error`}>
          {errors.join(" ")}
        </p>
      )}
    </div>
  );
}
