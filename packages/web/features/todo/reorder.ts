import { positionBetween } from "@haru/core/todo/position.contract";

/** A row that can be put elsewhere among those of its group: the todos of a list, or the steps of one todo. */
interface Placed {
  readonly position: string;
  readonly group: string | undefined;
}

interface Place {
  readonly position: string;
  /** Where it then stands in its group, counted from 0, and how many there are. */
  readonly index: number;
  readonly count: number;
}

/**
 * The place that brings one of the rows shown to where another stands, counted without it. Rows of other
 * groups do not count, and what a filter hides stays where it is.
 * @returns undefined when it stands there already or there is no such place
 */
export function placeAt(shown: readonly Placed[], from: number, to: number): Place | undefined {
  const moved = shown[from];
  if (!moved || to < 0 || to >= shown.length) return undefined;
  const isOfGroup = ({ group }: Placed) => group === moved.group;
  const others = shown.toSpliced(from, 1);
  const before = others.slice(0, to).filter(isOfGroup);
  const after = others.slice(to).filter(isOfGroup);
  if (before.length === shown.slice(0, from).filter(isOfGroup).length) return undefined;
  const position = positionBetween(before.at(-1)?.position, after[0]?.position);
  return { position, index: before.length, count: before.length + 1 + after.length };
}

/** Where a row goes that takes the place of the next one of its group, up (-1) or down (1); none is -1. */
export function stepFrom(shown: readonly Placed[], from: number, by: -1 | 1): number {
  const group = shown[from]?.group;
  return by < 0
    ? shown.findLastIndex((row, index) => index < from && row.group === group)
    : shown.findIndex((row, index) => index > from && row.group === group);
}

/** Pixels from the window's edges at which it begins to scroll, and how far it goes in a frame. */
const edge = 64;
const scrollStep = 12;

/**
 * Follows a pointer that drags a row of a list until it is let go or Escape is pressed. The list
 * holds the pointer, since rows come and go while the page scrolls. Rows tell their index as `data-index`.
 * @param onOver the gap that the pointer is in: 0 before the first row
 * @param onEnd the gap in which the row was let go, undefined when the person gave up
 */
export function followDrag(
  list: HTMLElement,
  pointerId: number,
  onOver: (gap: number) => void,
  onEnd: (gap: number | undefined) => void,
): void {
  const ended = new AbortController();
  const { signal } = ended;
  let y: number | undefined;
  let gap: number | undefined;

  function look(): void {
    if (signal.aborted) return;
    if (y !== undefined) {
      if (y < edge) scrollBy(0, -scrollStep);
      else if (y > innerHeight - edge) scrollBy(0, scrollStep);
      const next = gapAt(list, y);
      if (next !== gap && next !== undefined) onOver(next);
      gap = next;
    }
    requestAnimationFrame(look);
  }
  function follow({ clientY }: PointerEvent): void {
    y = clientY;
  }
  function end(result: number | undefined): void {
    ended.abort();
    if (list.hasPointerCapture(pointerId)) list.releasePointerCapture(pointerId);
    onEnd(result);
  }

  list.setPointerCapture(pointerId);
  list.addEventListener("pointermove", follow, { signal });
  list.addEventListener("pointerup", ({ clientY }) => end(gapAt(list, clientY)), { signal });
  list.addEventListener("pointercancel", () => end(undefined), { signal });
  addEventListener("keydown", ({ key }) => key === "Escape" && end(undefined), { signal });
  requestAnimationFrame(look);
}

function gapAt(list: HTMLElement, y: number): number | undefined {
  let gap: number | undefined;
  for (const row of list.querySelectorAll<HTMLElement>(":scope > [data-index]")) {
    const { top, height } = row.getBoundingClientRect();
    const index = Number(row.dataset.index);
    if (y < top + height / 2) return gap ?? index;
    gap = index + 1;
  }
  return gap;
}
