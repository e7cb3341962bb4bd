"use client";

import { type RefObject, useEffect } from "react";
import { goTo, useAskedTodo } from "./use-place.ts";

/** Heights of rows that were never seen are guessed. So many frames bring what is near into its place. */
const settlingFrames = 10;

/** Leads to a row when the address asks for its todo. After that the address says nothing of it any more. */
export function useAskedRow(row: RefObject<HTMLElement | null>, todoId: string, open: () => void): void {
  const isAsked = useAskedTodo() === todoId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it opens once, when it is asked for.
  useEffect(() => {
    if (!isAsked) return;
    open();
    let left = settlingFrames;
    let frame = requestAnimationFrame(settle);
    function settle(): void {
      row.current?.scrollIntoView({ block: "center" });
      if (left-- > 0) frame = requestAnimationFrame(settle);
      else goTo(location.pathname, "replace");
    }
    return () => cancelAnimationFrame(frame);
  }, [isAsked]);
}
