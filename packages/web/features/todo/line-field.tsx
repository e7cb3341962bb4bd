"use client";

import { type KeyboardEvent, type RefObject, useRef } from "react";

interface LineFieldProps {
  readonly className: string;
  readonly label: string;
  readonly placeholder: string;
  /** UTF-16 units. */
  readonly most: number;
  readonly field?: RefObject<HTMLInputElement | null>;
  /** The person came to write here: the field takes the focus. */
  readonly isAsked?: boolean;
  onLine(line: string): void;
  /** Leaving the field empty-handed; without it the field is there to stay. */
  onLeave?(): void;
}

/** A field that takes one line after the other. */
export function LineField(props: LineFieldProps) {
  const { className, label, placeholder, most, field, isAsked = true, onLine, onLeave } = props;
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
      autoFocus={isAsked}
      onBlur={onLeave}
      onKeyDown={onKeyDown}
    />
  );
}
