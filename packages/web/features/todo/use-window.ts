"use client";

import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import { mostWhole, type Part, partsOf } from "./window-parts.ts";

/** Pixels beyond the window in which rows are there before they are seen. */
const overscan = 800;
/** The window's place is looked at in such steps, so that not every pixel of a scroll renders. */
const grain = 400;
/** What a row takes that was never seen, until others tell better. */
const likelyHeight = 57;

interface View {
  readonly top: number;
  readonly bottom: number;
  readonly focusedId: string | undefined;
}

const beginning: View = { top: 0, bottom: 2 * overscan, focusedId: undefined };

/**
 * The parts of a list that are to be there. Its rows tell their id as `data-id`.
 * @param askedId a row that is to be there wherever it is; none has the empty one
 */
export function useWindow(
  list: RefObject<HTMLElement | null>,
  ids: readonly string[],
  askedId: string,
): readonly Part[] {
  const [view, setView] = useState(beginning);
  const [known] = useState(() => new Map<string, number>());
  const isLong = ids.length > mostWhole;

  useLayoutEffect(() => {
    if (!isLong) return;
    for (const row of rowsOf(list.current))
      known.set(row.dataset.id as string, row.getBoundingClientRect().height);
  });

  useEffect(() => {
    const element = list.current;
    if (!isLong || !element) return;
    function look(): void {
      if (element) setView((before) => viewOf(element, before));
    }
    look();
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look);
    element.addEventListener("focusin", look);
    element.addEventListener("focusout", look);
    return () => {
      removeEventListener("scroll", look);
      removeEventListener("resize", look);
      element.removeEventListener("focusin", look);
      element.removeEventListener("focusout", look);
    };
  }, [list, isLong]);

  if (!isLong) return [{ from: 0, to: ids.length }];
  const sum = [...known.values()].reduce((all, height) => all + height, 0);
  const typical = known.size > 0 ? sum / known.size : likelyHeight;
  const heights = ids.map((id) => known.get(id) ?? typical);
  const kept = ids.indexOf(askedId || (view.focusedId ?? ""));
  return partsOf(heights, view.top, view.bottom, kept < 0 ? undefined : kept);
}

/** What the window shows of the list, in whole steps; the same object as before when nothing has changed. */
function viewOf(element: HTMLElement, before: View): View {
  const { top } = element.getBoundingClientRect();
  const seen = Math.floor(-top / grain) * grain;
  const focused = document.activeElement?.closest<HTMLElement>("[data-id]");
  const focusedId = focused && element.contains(focused) ? focused.dataset.id : undefined;
  const height = Math.ceil(innerHeight / grain) * grain;
  const next = { top: seen - overscan, bottom: seen + grain + height + overscan, focusedId };
  const isSame = next.top === before.top && next.bottom === before.bottom && focusedId === before.focusedId;
  return isSame ? before : next;
}

function rowsOf(list: HTMLElement | null): Iterable<HTMLElement> {
  return list?.querySelectorAll<HTMLElement>(":scope > [data-id]") ?? [];
}
