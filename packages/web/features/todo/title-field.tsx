"use client";

import { todoLimits } from "@haru/core/todo/todo.contract";
import { useRef } from "react";

interface TitleFieldProps {
  readonly label: string;
  readonly title: string;
  /** `undefined` when the person gave up. */
  onFinish(value: string | undefined, wantsFocus: boolean): void;
}

/** A todo's title while it is written anew. */
export function TitleField({ label, title, onFinish }: TitleFieldProps) {
  const isOver = useRef(false);
  const finish = (value: string | undefined, wantsFocus: boolean) => {
    // Leaving the field by a key also blurs it.
    if (isOver.current) return;
    isOver.current = true;
    onFinish(value, wantsFocus);
  };
  return (
    <input
      className="todo-edit"
      aria-label={label}
      defaultValue={title}
      maxLength={todoLimits.titleLength}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit here.
      autoFocus
      onBlur={({ currentTarget }) => finish(currentTarget.value, false)}
      onKeyDown={({ key, currentTarget, nativeEvent }) => {
        // While Hangul is being composed, Enter belongs to the composition.
        if (nativeEvent.isComposing) return;
        if (key === "Enter") finish(currentTarget.value, true);
        if (key === "Escape") finish(undefined, true);
      }}
    />
  );
}
