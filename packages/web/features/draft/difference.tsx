"use client";

import type { DraftFields } from "./draft-fields.ts";
import type { DraftMessages } from "./messages.ts";
import { abridge, differenceOf } from "./text-difference.ts";

interface DifferenceProps {
  readonly before: Pick<DraftFields, "title" | "description" | "markdown">;
  readonly after: Pick<DraftFields, "title" | "description" | "markdown">;
  readonly text: DraftMessages;
}

/** What one state of a post has that another has not: struck through what goes, underlined what comes. */
export function Difference({ before, after, text }: DifferenceProps) {
  const fields = [
    [text.title, before.title, after.title],
    [text.description, before.description, after.description],
    [text.text, before.markdown, after.markdown],
  ] as const;
  const changed = fields.filter(([, old, next]) => old !== next);
  if (changed.length === 0) return <p className="note">{text.difference.none}</p>;
  return (
    <dl className="difference">
      {changed.map(([label, old, next]) => (
        <div key={label}>
          <dt>{label}</dt>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long difference is scrolled by keyboard, too. */}
          <dd tabIndex={0}>
            {abridge(differenceOf(old, next)).map((part, index) => {
              // The parts of one difference have no other name than their place.
              const key = `${index}`;
              if (!part) return <hr key={key} aria-label={text.difference.leftOut} />;
              if (part.kind === "removed") return <del key={key}>{part.text}</del>;
              if (part.kind === "added") return <ins key={key}>{part.text}</ins>;
              return <span key={key}>{part.text}</span>;
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
