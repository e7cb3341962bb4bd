"use client";

import { type KeyboardEvent, useId, useState } from "react";
import type { DraftMessages } from "./messages.ts";
import { addTags } from "./tags.ts";

interface TagsFieldProps {
  readonly tags: readonly string[];
  readonly text: DraftMessages;
  readonly errors: readonly string[] | undefined;
  readonly onChange: (tags: readonly string[]) => void;
}

/** Tags as chips, added by Enter or a comma. Composing Hangul uses Enter too, which is left alone. */
export function TagsField({ tags, text, errors, onChange }: TagsFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState("");

  function add(value: string): void {
    if (value.trim() !== "") onChange(addTags(tags, value));
    setTyped("");
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      add(typed);
    }
    if (event.key === "Backspace" && typed === "") onChange(tags.slice(0, -1));
  }

  return (
    <div className="detail">
      <label htmlFor={id}>{text.tags}</label>
      <div className="detail-value">
        <ul className="chips">
          {tags.map((tag) => (
            <li key={tag} className="chip">
              {tag}
              <button
                type="button"
                aria-label={text.removeTag(tag)}
                onClick={() => onChange(tags.filter((other) => other !== tag))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
        <input
          id={id}
          className="quiet-input"
          value={typed}
          placeholder={text.tagsPlaceholder}
          aria-invalid={errors ? true : undefined}
          onChange={(event) => {
            const { value } = event.target;
            if (value.includes(",")) add(value);
            else setTyped(value);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => add(typed)}
        />
      </div>
      {errors && <p className="field-error">{errors.join(" ")}</p>}
    </div>
  );
}
