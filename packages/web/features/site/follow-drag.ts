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
