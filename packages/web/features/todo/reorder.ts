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
