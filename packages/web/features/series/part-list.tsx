"use client";

import type { Locale } from "@haru/core/locale";
import type { PostSummary } from "@haru/core/post/post.contract";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { browserApi } from "../../browser-api.ts";
import { FormAlert } from "../account/form-shell.tsx";
import { settingsRefusal } from "../account/settings/section.tsx";
import { followDrag } from "../site/follow-drag.ts";
import type { SeriesMessages } from "./messages.ts";

interface PartListProps {
  /** The page's language. */
  readonly locale: Locale;
  /** The language of the series. */
  readonly lang: Locale;
  /** The series as it stands in addresses. */
  readonly name: string;
  readonly parts: readonly PostSummary[];
  readonly text: SeriesMessages;
}

/** The parts of a series, put in another order by the pointer, by keys or by buttons. Each move is saved at once. */
export function PartList({ locale, lang, name, parts, text }: PartListProps) {
  const list = useRef<HTMLOListElement>(null);
  const [shown, setShown] = useState(parts);
  const [drag, setDrag] = useState<{ readonly from: number; readonly gap: number }>();
  const [said, setSaid] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const [saved, setSaved] = useState(parts);
  /** One after the other, so that the last order is the one that stays. Comes to the order that the server has. */
  const saving = useRef(Promise.resolve(parts));
  const isSaving = shown !== saved;
  useEffect(() => {
    if (!isSaving) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isSaving]);

  function move(from: number, to: number): void {
    const part = shown[from];
    if (!part || to === from || to < 0 || to >= shown.length) return;
    const next = shown.toSpliced(from, 1).toSpliced(to, 0, part);
    const focused = document.activeElement;
    flushSync(() => setShown(next));
    // A row that is put elsewhere in the page loses the focus.
    if (focused instanceof HTMLElement) focused.focus();
    setSaid(text.moved(part.title, to + 1, next.length));
    setRefusal(undefined);
    saving.current = saving.current.then((before) => save(next, before));
  }

  async function save(next: readonly PostSummary[], before: readonly PostSummary[]) {
    try {
      await browserApi(locale).series.arrange({ lang, name, postIds: next.map(({ postId }) => postId) });
      setSaved(next);
      return next;
    } catch (error) {
      setSaved(before);
      setShown(before);
      setSaid("");
      setRefusal(settingsRefusal(error, locale).message);
      return before;
    }
  }

  function grab(from: number, pointerId: number): void {
    if (!list.current) return;
    followDrag(
      list.current,
      pointerId,
      (gap) => setDrag({ from, gap }),
      (gap) => {
        setDrag(undefined);
        // Taken out of its place, it leaves those behind it one place further up.
        if (gap !== undefined) move(from, gap > from ? gap - 1 : gap);
      },
    );
  }

  function onKey(event: KeyboardEvent, index: number): void {
    const { key, altKey } = event;
    if (!altKey || (key !== "ArrowUp" && key !== "ArrowDown")) return;
    event.preventDefault();
    move(index, key === "ArrowUp" ? index - 1 : index + 1);
  }

  const dropMark = (index: number) =>
    drag?.gap === index
      ? "before"
      : index === shown.length - 1 && drag?.gap === index + 1
        ? "after"
        : undefined;
  return (
    <>
      <FormAlert message={refusal} />
      <ol ref={list} data-dragging={drag && true}>
        {shown.map(({ postId, title }, index) => (
          <li
            key={postId}
            className="kept-part"
            data-index={index}
            data-drop={dropMark(index)}
            data-dragged={drag?.from === index || undefined}
          >
            <span
              // For the pointer alone: keys and buttons move a part for everybody else.
              aria-hidden="true"
              className="kept-part-grip"
              onPointerDown={(event) => {
                if (event.button !== 0) return;
                event.preventDefault();
                grab(index, event.pointerId);
              }}
            />
            <span className="num" aria-hidden="true">
              {index + 1}
            </span>
            <a
              className="kept-part-title"
              href={`/${locale}/write/${postId}`}
              lang={lang}
              draggable={false}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              onKeyDown={(event) => onKey(event, index)}
            >
              {title}
            </a>
            <button
              type="button"
              className="icon-button"
              aria-label={text.up(title)}
              aria-disabled={index === 0}
              onClick={() => move(index, index - 1)}
            >
              ↑
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={text.down(title)}
              aria-disabled={index === shown.length - 1}
              onClick={() => move(index, index + 1)}
            >
              ↓
            </button>
          </li>
        ))}
      </ol>
      <p className="note kept-parts-said" role="status">
        {said} {said !== "" && !isSaving && text.saved}
      </p>
    </>
  );
}
