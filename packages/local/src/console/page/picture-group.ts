import type { ConnectionView, PartView, PictureView } from "../view.ts";

/** A part as it is drawn: one alone, or the functions of one noun as one. */
export interface Shape extends PartView {
  /** From left to right, in the direction in which work goes. */
  readonly column: number;
  /** Ids of the parts that it stands for. */
  readonly members: readonly string[];
}

export interface Drawing {
  readonly shapes: readonly Shape[];
  readonly connections: readonly ConnectionView[];
}

const STORES = new Set(["table", "queue", "bucket", "people"]);
const COLUMN_OF_CALLED = 2;
const COLUMN_OF_STORES = 3;
const COLUMN_OF_FOLLOWERS = 4;
const COLUMN_OF_FAILURES = 5;

/** What comes from outside is on the left, what is kept in the middle, what follows from that on the right. */
function columnOf(part: PartView, { parts, connections }: PictureView): number {
  switch (part.kind) {
    case "door":
      return 0;
    case "api":
    case "schedule":
      return 1;
    case "failures":
      return COLUMN_OF_FAILURES;
    case "function": {
      const callers = connections.filter(({ to, kind }) => to === part.id && kind === "calls");
      const kinds = callers.map(({ from }) => parts.find(({ id }) => id === from)?.kind ?? "other");
      return kinds.length > 0 && kinds.every((kind) => STORES.has(kind))
        ? COLUMN_OF_FOLLOWERS
        : COLUMN_OF_CALLED;
    }
    default:
      return COLUMN_OF_STORES;
  }
}

/**
 * Puts every part into its column.
 * @param isGrouped draws the functions of one noun in one column as one shape
 */
export function groupParts(picture: PictureView, isGrouped: boolean): Drawing {
  const groups = new Map<string, PartView[]>();
  const keys = new Map<string, string>();
  for (const part of picture.parts) {
    const column = columnOf(part, picture);
    const key = isGrouped && part.kind === "function" ? `${column} ${part.group}` : `${column} ${part.id}`;
    keys.set(part.id, key);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  const shapes = [...groups].flatMap(([key, members]) => {
    const [first] = members;
    if (!first) return [];
    const column = Number.parseInt(key, 10);
    const ids = members.map(({ id }) => id);
    return members.length === 1
      ? { ...first, column, members: ids }
      : { ...first, id: key, label: first.group, column, members: ids };
  });
  const shapeOf = new Map(shapes.flatMap((shape) => shape.members.map((id) => [id, shape.id] as const)));
  return { shapes, connections: merge(picture.connections, shapeOf) };
}

function merge(
  connections: readonly ConnectionView[],
  shapeOf: ReadonlyMap<string, string>,
): ConnectionView[] {
  const merged = new Map<string, ConnectionView>();
  for (const { from, to, kind, by } of connections) {
    const [start, end] = [shapeOf.get(from), shapeOf.get(to)];
    if (!start || !end) continue;
    const key = `${start} ${end} ${kind}`;
    const known = merged.get(key);
    const all = [...new Set([...(known?.by ?? []), ...by])];
    merged.set(key, { from: start, to: end, kind, by: all });
  }
  return [...merged.values()];
}

/** A shape, and what has directly to do with it. */
export function focusOn({ shapes, connections }: Drawing, id: string): Drawing {
  const near = connections.filter(({ from, to }) => from === id || to === id);
  const ids = new Set([id, ...near.flatMap(({ from, to }) => [from, to])]);
  return { shapes: shapes.filter((shape) => ids.has(shape.id)), connections: near };
}
