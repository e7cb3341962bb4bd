"use client";

import { type KeyboardEvent, type RefObject, useRef } from "react";

interface LineFieldProps {
  readonly className: string;
  readonly label: string;
  readonly placeholder: string;
  /** UTF-16 units. */
  readonly most: number;
  readonly field?: RefObject<HTMLInputElement | null>;
  onLine(line: string): void;
  /** Leaving the field empty-handed; without it the field is there to stay. */
  onLeave?(): void;
}

/** A field that takes one line after the other. */
export function LineField({ className, label, placeholder, most, field, onLine, onLeave }: LineFieldProps) {
  const own = useRef<HTMLInputElement>(null);

  function onKeyDown({ key, currentTarget, nativeEvent }: KeyboardEvent<HTMLInputElement>): void {
    // While Hangul is being composed, Enter belongs to the composition.
    if (nativeEvent.isComposing) return;
    if (key === "Escape") onLeave?.();
    if (key !== "Enter") return;
    const line = currentTarget.value.trim();
    if (line === "") return;
    currentTarget.value = "";
    onLine(line);
  }

  return (
    <input
      ref={field ?? own}
      className={className}
      aria-label={label}
      placeholder={placeholder}
      maxLength={most}
      // biome-ignore lint/a11y/noAutofocus: the page is for this, or the person has just asked for it.
      autoFocus
      onBlur={onLeave}
      onKeyDown={onKeyDown}
    />
  );
}
