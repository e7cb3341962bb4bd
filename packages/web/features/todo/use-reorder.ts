"use client";

import type { Todo } from "@haru/core/todo/todo.contract";
import { type RefObject, useMemo, useRef, useState } from "react";
import { followDrag } from "../site/follow-drag.ts";
import type { TodoMessages } from "./messages.ts";
import { placeAt, stepFrom } from "./reorder.ts";
import type { Row } from "./steps.ts";
import type { TodoActions } from "./use-actions.ts";

/** How a todo is given another place in the list that shows it. */
export interface Moves {
  /** Begins to drag it. */
  grab(todo: Todo, pointerId: number): void;
  /** Moves it up (-1) or down (1). */
  step(todo: Todo, by: -1 | 1): void;
}

interface Drag {
  readonly todoId: string;
  /** The gap that the pointer is in: 0 before the first row. */
  readonly gap: number;
}

/** Puts todos in another order, by the pointer and by keys alike; what happened is said, too. */
export function useReorder(
  list: RefObject<HTMLElement | null>,
  shown: readonly Row[],
  actions: TodoActions,
  text: TodoMessages,
) {
  const [drag, setDrag] = useState<Drag>();
  const [announcement, setAnnouncement] = useState("");
  const latest = useRef(shown);
  latest.current = shown;

  const moves = useMemo((): Moves => {
    const indexOf = (todo: Todo) => latest.current.findIndex((row) => row.todo.todoId === todo.todoId);
    function place(todo: Todo, from: number, to: number): void {
      const place = placeAt(latest.current.map(placed), from, to);
      if (!place) return;
      actions.change(todo, { position: place.position });
      setAnnouncement(text.moved(todo.title, place.index + 1, place.count));
    }
    return {
      grab(todo, pointerId) {
        if (!list.current) return;
        followDrag(
          list.current,
          pointerId,
          (gap) => setDrag({ todoId: todo.todoId, gap }),
          (gap) => {
            setDrag(undefined);
            const from = indexOf(todo);
            // Taken out of its place, it leaves those behind it one place further up.
            if (gap !== undefined && from >= 0) place(todo, from, gap > from ? gap - 1 : gap);
          },
        );
      },
      step(todo, by) {
        const from = indexOf(todo);
        place(todo, from, stepFrom(latest.current.map(placed), from, by));
      },
    };
  }, [list, actions, text]);
  return { moves, drag, announcement };
}

function placed({ todo: { position, parentId }, isStep }: Row) {
  return { position, group: isStep && parentId ? parentId : undefined };
}
