import * as z from "zod";
import type { MutationId } from "../id.ts";
import { changeSchema, listsOf, type Mutation, type MutationName } from "./mutation.contract.ts";
import { mostMutationBytes } from "./sync.contract.ts";

/** One mutation as it was sent: without its content when that is malformed. */
export interface Item {
  readonly mutationId: MutationId;
  readonly mutation: Mutation | undefined;
}

/** A transaction holds 100 items, and a mutation needs three: its todo, its entry in the log, its record. */
const mostInRun = 25;

/** These touch more than one list's todos, and stand alone. */
const alone: readonly MutationName[] = ["list.create", "list.delete", "list.restore", "todo.move"];

const seenSchema = z.int().min(0).catch(0);
const ifMatchSchema = z.int().min(0).optional();

/** Reads one mutation by itself, so that a malformed one is refused and the others stand. */
export function readItem(sent: { readonly mutationId: MutationId; readonly [key: string]: unknown }): Item {
  const { mutationId, seen, ifMatch, ...change } = sent;
  const isSmall = Buffer.byteLength(JSON.stringify(change)) <= mostMutationBytes;
  const parsed = isSmall ? changeSchema.safeParse(change) : undefined;
  if (!parsed?.success) return { mutationId, mutation: undefined };
  const condition = ifMatchSchema.safeParse(ifMatch);
  if (!condition.success) return { mutationId, mutation: undefined };
  const protocol = {
    mutationId,
    seen: seenSchema.parse(seen),
    ...(condition.data === undefined ? {} : { ifMatch: condition.data }),
  };
  return { mutationId, mutation: { ...parsed.data, ...protocol } };
}

/** Puts neighbours together that one transaction can hold: changes of one list, each mutation once. */
export function runsOf(items: readonly Item[]): readonly (readonly Item[])[] {
  const runs: Item[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    if (run && run.length < mostInRun && fits(run, item)) run.push(item);
    else runs.push([item]);
  }
  return runs;
}

function fits(run: readonly Item[], { mutationId, mutation }: Item): boolean {
  const last = run.at(-1)?.mutation;
  if (!mutation || !last || alone.includes(mutation.name) || alone.includes(last.name)) return false;
  if (run.some((other) => other.mutationId === mutationId)) return false;
  return listsOf(mutation)[0] === listsOf(last)[0];
}
