"use client";

import type { Locale } from "@haru/core/locale";
import type { Focus } from "@haru/core/media/media.contract";
import type { Picture as PictureData } from "@haru/core/media/picture.contract";
import { mediaMessages } from "./messages.ts";
import { Picture } from "./picture.tsx";

interface FocusFieldProps {
  readonly locale: Locale;
  readonly picture: PictureData;
  readonly focus: Focus | undefined;
  readonly onChange: (focus: Focus | undefined) => void;
}

/** By how much one press of an arrow key moves the point. */
const step = 0.05;
const moves: Readonly<Record<string, Focus>> = {
  ArrowLeft: { x: -step, y: 0 },
  ArrowRight: { x: step, y: 0 },
  ArrowUp: { x: 0, y: -step },
  ArrowDown: { x: 0, y: step },
};

const between = (value: number) => Math.min(1, Math.max(0, value));

/** The picture with the point that crops keep in sight; a press or the arrow keys move it. */
export function FocusField({ locale, picture, focus, onChange }: FocusFieldProps) {
  const text = mediaMessages[locale];
  const { x, y } = focus ?? { x: 0.5, y: 0.5 };
  return (
    <div className="focus-field">
      <button
        type="button"
        className="focus-picture"
        aria-label={`${text.focus}: ${Math.round(x * 100)}%, ${Math.round(y * 100)}%`}
        onClick={(event) => {
          // A press of a key has no place; the arrows move the point then.
          if (event.detail === 0) return;
          const box = event.currentTarget.getBoundingClientRect();
          onChange({
            x: between((event.clientX - box.left) / box.width),
            y: between((event.clientY - box.top) / box.height),
          });
        }}
        onKeyDown={(event) => {
          const move = moves[event.key];
          if (!move) return;
          event.preventDefault();
          onChange({ x: between(x + move.x), y: between(y + move.y) });
        }}
      >
        <Picture picture={picture} alt="" as="inline" sizes="(min-width: 40rem) 36rem, 100vw" />
        {focus && (
          <svg className="focus-point" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <line x1={x * 100} x2={x * 100} y1="0" y2="100" />
            <line x1="0" x2="100" y1={y * 100} y2={y * 100} />
          </svg>
        )}
      </button>
      <p className="field-hint">
        {text.focusHint}{" "}
        {focus && (
          <button type="button" className="link-button" onClick={() => onChange(undefined)}>
            {text.automatic}
          </button>
        )}
      </p>
    </div>
  );
}
