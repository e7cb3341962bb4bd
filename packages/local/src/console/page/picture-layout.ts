import type { ConnectionView } from "../view.ts";
import type { Drawing, Shape } from "./picture-group.ts";

export const SHAPE_WIDTH = 144;
export const SHAPE_HEIGHT = 44;
const ROW_GAP = 10;
const COLUMN_GAP = 44;
/** More rounds change nothing that an eye would see. */
const ROUNDS = 6;

export interface PlacedShape extends Shape {
  /** Of its left upper corner, in pixels. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedConnection extends ConnectionView {
  /** SVG path. */
  readonly path: string;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly PlacedShape[];
  readonly connections: readonly PlacedConnection[];
}

/**
 * Lays out a drawing in its columns. Within a column a shape comes to lie near
 * the middle of those that it is connected with, so that few lines cross.
 */
export function layOut({ shapes, connections }: Drawing): Layout {
  const used = [...new Set(shapes.map(({ column }) => column))].sort((a, b) => a - b);
  const columns = used.map((column) =>
    shapes
      .filter((shape) => shape.column === column)
      .sort((a, b) => a.group.localeCompare(b.group) || a.label.localeCompare(b.label)),
  );
  const neighbours = neighboursOf(connections);
  for (let round = 0; round < ROUNDS; round++) {
    const middles = middlesOf(columns);
    for (const column of columns) sortByNeighbours(column, neighbours, middles);
  }
  const tallest = Math.max(0, ...columns.map(({ length }) => length));
  const height = tallest * (SHAPE_HEIGHT + ROW_GAP);
  const placed = columns.flatMap((column, index) =>
    column.map((shape, row) => ({
      ...shape,
      x: index * (SHAPE_WIDTH + COLUMN_GAP),
      y: row * (SHAPE_HEIGHT + ROW_GAP),
    })),
  );
  const byId = new Map(placed.map((shape) => [shape.id, shape]));
  return {
    width: Math.max(0, columns.length * (SHAPE_WIDTH + COLUMN_GAP) - COLUMN_GAP),
    height,
    shapes: placed,
    connections: connections.flatMap((one) => {
      const [from, to] = [byId.get(one.from), byId.get(one.to)];
      return from && to ? { ...one, path: pathBetween(from, to) } : [];
    }),
  };
}

function neighboursOf(connections: readonly ConnectionView[]): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of connections) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  return neighbours;
}

/** How far down each shape lies, from 0 to 1. */
function middlesOf(columns: readonly (readonly Shape[])[]): ReadonlyMap<string, number> {
  return new Map(
    columns.flatMap((column) => column.map(({ id }, row) => [id, (row + 0.5) / column.length] as const)),
  );
}

function sortByNeighbours(
  column: Shape[],
  neighbours: ReadonlyMap<string, readonly string[]>,
  middles: ReadonlyMap<string, number>,
): void {
  const wanted = new Map(
    column.map(({ id }) => {
      const near = neighbours.get(id) ?? [];
      const own = middles.get(id) ?? 0;
      const sum = near.reduce((all, one) => all + (middles.get(one) ?? 0), 0);
      return [id, near.length > 0 ? sum / near.length : own] as const;
    }),
  );
  column.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0));
}

/** Leaves on the side where the other one is, and arrives from there. */
function pathBetween(from: PlacedShape, to: PlacedShape): string {
  const [startY, endY] = [from.y + SHAPE_HEIGHT / 2, to.y + SHAPE_HEIGHT / 2];
  const goesRight = to.x >= from.x;
  const startX = goesRight ? from.x + SHAPE_WIDTH : from.x;
  const endX = to.x > from.x ? to.x : to.x + SHAPE_WIDTH;
  const reach = to.x === from.x ? COLUMN_GAP / 2 : Math.max(COLUMN_GAP / 2, Math.abs(endX - startX) / 2);
  const bend = goesRight ? reach : -reach;
  const arrival = to.x === from.x ? endX + reach : endX - bend;
  return `M${startX} ${startY}C${startX + bend} ${startY} ${arrival} ${endY} ${endX} ${endY}`;
}
