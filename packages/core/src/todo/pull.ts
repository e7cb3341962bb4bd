import * as z from "zod";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { idSchema, type ListId } from "../id.ts";
import { operation } from "../operation.ts";
import { type BatchRead, readTogether } from "../read-together.ts";
import { ruleSentence } from "../sentences.ts";
import { type ListDelta, type LoggedChange, mostChanges, syncRoutes } from "./sync.contract.ts";
import type { List, Todo } from "./todo.contract.ts";
import { type ListRow, listChanges, listMembers, lists, todos } from "./todo.entity.ts";

/** Lambda answers at most 6 MB. One part of a list is at most 1 MB in the table. */
const mostAnswerBytes = 2_000_000;
/** More lists than a person can have: what they own and what was shared with them. */
const mostMemberships = 300;
const mostAtOnce = 100;

interface Cursor {
  readonly seq: number;
  readonly next?: string | undefined;
}

/**
 * Answers what a device lacks. Every read is consistent and from the base table: a device that
 * was just told of a change finds it here.
 */
export const pull = operation(syncRoutes.pull.input, async (core: ActorCore, input) => {
  const { accountId } = core.actor;
  const cursors = new Map<ListId, Cursor>(input.lists.map(({ listId, ...cursor }) => [listId, cursor]));
  // A device has most of its lists already, so that these need not wait for the answer which they are.
  const [members, known] = await Promise.all([
    listMembers(core).query.byAccount({ accountId }).go({ consistent: true, limit: mostMemberships }),
    readLists(core, keysOf(cursors.keys())),
  ]);
  const roles = new Map(members.data.map(({ listId, role }) => [listId, role]));
  const others = await readLists(core, keysOf([...roles.keys()].filter((listId) => !cursors.has(listId))));
  const visible = [...known, ...others].filter((list) => roles.has(list.listId) && !list.deletedAt);

  const deltas: ListDelta[] = [];
  let bytes = 0;
  let hasMore = false;
  for (const list of visible) {
    const cursor = cursors.get(list.listId) ?? { seq: 0 };
    if (cursor.seq === list.seq && cursor.next === undefined) continue;
    if (bytes > mostAnswerBytes) {
      hasMore = true;
      break;
    }
    const delta = await deltaOf(core, list, cursor);
    if (isUnfinished(delta)) hasMore = true;
    bytes += Buffer.byteLength(JSON.stringify(delta));
    deltas.push(delta);
  }
  const memberships = visible.map(({ listId }) => ({ listId, role: roles.get(listId) ?? "viewer" }));
  return { memberships, deltas, hasMore };
});

function keysOf(listIds: Iterable<ListId>): { listId: ListId }[] {
  return [...listIds].map((listId) => ({ listId }));
}

/** A list that was left out would be one that the device forgets. */
export async function readLists(
  core: Core,
  keys: readonly { readonly listId: ListId }[],
): Promise<ListRow[]> {
  const rows: ListRow[] = [];
  for (let start = 0; start < keys.length; start += mostAtOnce) {
    const part = keys.slice(start, start + mostAtOnce);
    const Items = await readTogether(core, [lists(core).get(part).params<BatchRead>()]);
    rows.push(...lists(core).parse({ Items }).data);
  }
  return rows;
}

function isUnfinished(delta: ListDelta): boolean {
  return delta.kind === "snapshot" ? delta.next !== undefined : delta.to < delta.list.seq;
}

/** The changes after the device's number, or the list anew when the log does not reach that far back. */
async function deltaOf(core: ActorCore, row: ListRow, { seq, next }: Cursor): Promise<ListDelta> {
  const list = listOf(row);
  if (next !== undefined || seq === 0 || seq > row.seq) return readSnapshot(core, list, seq, next);
  const changes = await readLog(core, row.listId, seq);
  const last = changes.at(-1);
  if (!last) return readSnapshot(core, list, seq, undefined);
  return { kind: "changes", list, from: seq, to: last.seq, changes };
}

/** What follows a number in the log without a gap. The table deletes old entries late and in no order. */
async function readLog(core: ActorCore, listId: ListId, after: number): Promise<LoggedChange[]> {
  const { data } = await listChanges(core)
    .query.byList({ listId })
    .gt({ seq: after })
    .go({ consistent: true, limit: mostChanges });
  const nowSeconds = core.now().getTime() / 1000;
  const end = data.findIndex(
    ({ seq, expireAt }, index) => seq !== after + 1 + index || expireAt <= nowSeconds,
  );
  return data.slice(0, end === -1 ? data.length : end).map(({ seq, at, todo, overwritten }) => ({
    seq,
    at,
    ...(todo ? { todo } : {}),
    ...(overwritten ? { overwritten } : {}),
  }));
}

const placeSchema = z.strictObject({ todoId: idSchema("todo"), to: z.int().min(0) });

/**
 * One part of a list's todos. The list's number was read before them, so that a todo may be newer
 * than the number says and never older; a device keeps the newer one.
 */
async function readSnapshot(
  core: ActorCore,
  list: List,
  from: number,
  next: string | undefined,
): Promise<ListDelta> {
  const { listId } = list;
  const place = next === undefined ? undefined : readPlace(core, next);
  const query = place
    ? todos(core).query.byList({ listId }).gt({ todoId: place.todoId })
    : todos(core).query.byList({ listId });
  const { data, cursor } = await query.go({ consistent: true, pages: 1 });
  const nowSeconds = core.now().getTime() / 1000;
  const rows = data.filter(({ expireAt }) => expireAt === undefined || expireAt > nowSeconds);
  const last = data.at(-1);
  const to = place?.to ?? list.seq;
  return {
    kind: "snapshot",
    list,
    from,
    to,
    todos: rows.map(({ todo }): Todo => todo),
    ...(cursor && last ? { next: encode({ todoId: last.todoId, to }) } : {}),
    isFirst: place === undefined,
  };
}

function encode(place: z.output<typeof placeSchema>): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function readPlace(core: ActorCore, next: string): z.output<typeof placeSchema> {
  try {
    return placeSchema.parse(JSON.parse(Buffer.from(next, "base64url").toString()));
  } catch (cause) {
    throw new AppError("invalid_input", { fields: { next: [ruleSentence("cursor", core.locale)] }, cause });
  }
}

export function listOf({ listId, ownerId, name, color, memberCount, createdAt, seq }: ListRow): List {
  return { listId, ownerId, name, color, memberCount, createdAt, seq };
}
