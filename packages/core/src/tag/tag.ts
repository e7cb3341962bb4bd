import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { createConversions } from "electrodb";
import * as z from "zod";
import type { ActorCore, Core } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { tagKeyOf } from "../list/list.contract.ts";
import { type ListRow, lists } from "../list/list.entity.ts";
import type { Locale } from "../locale.ts";
import { operation } from "../operation.ts";
import { commit, inTransaction } from "../transaction.ts";
import type { Move } from "./follow.ts";
import { type Tag, tagContract } from "./tag.contract.ts";

/** The queue of moves whose posts have to follow. */
export interface MoveQueue {
  readonly url: string;
  readonly client: SQSClient;
}

interface TagMoveCore extends ActorCore {
  readonly moveQueue: MoveQueue;
}

const placeAmongTags = z.object({ name: z.string() });
const keyOf = (lang: Locale, name: string) => ({ lang, kind: "tag", name }) as const;

export const list = operation(tagContract.list.input, async (core: ActorCore, { lang, ...request }) => {
  const { toCursor } = createConversions(lists(core)).byAccessPattern.byKind.fromComposite;
  const page = await readPage(core, request, placeAmongTags, async (after, limit) => {
    const cursor = after ? toCursor({ lang, kind: "tag", ...after }) : null;
    const rows = await lists(core)
      .query.byKind({ lang, kind: "tag" })
      .go({ limit, cursor, consistent: true });
    // What is left of a tag without posts is where its address leads, and what is said once it has some again.
    return { ...rows, data: rows.data.filter(({ count }) => count > 0), lookedAt: rows.data.at(-1) };
  });
  return { ...page, items: page.items.map((row) => tagOf(lang, row)) };
});

export const describe = operation(
  tagContract.describe.input,
  async (core: ActorCore, { lang, name, description }) => {
    const { written } = await commit(core, [
      inTransaction(lists(core)).patch(keyOf(lang, name)).set({ description }).commit(),
    ]);
    if (!written) throw new AppError("not_found");
    return tagOf(lang, await readTag(core, lang, name));
  },
);

/**
 * The message follows the row: whoever is cut off in between asks again. One that comes twice finds
 * nothing left to do.
 */
export const move = operation(
  tagContract.move.input,
  async (core: TagMoveCore, { lang, name, title: typed }) => {
    const target = tagKeyOf(typed);
    const [row, taken] = await Promise.all([readTag(core, lang, name), findTag(core, lang, target)]);
    // Who moves posts to a tag that has some takes its spelling.
    const title = taken && target !== name && taken.count > 0 ? taken.title : typed;
    const written = target === name ? await respell(core, row, title) : await lead(core, row, title, taken);
    // Another change of the same tags came first. Nothing is lost by asking again.
    if (!written) throw new AppError("unavailable");
    const job: Move = { lang, name, title, accountId: core.actor.accountId };
    const { client, url: QueueUrl } = core.moveQueue;
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(job) }));
    return tagOf(lang, await readTag(core, lang, name));
  },
);

async function respell(core: Core, { lang, name }: ListRow, title: string): Promise<boolean> {
  const row = inTransaction(lists(core)).patch({ lang, kind: "tag", name });
  return (await commit(core, [row.set({ title }).commit()])).written;
}

/**
 * Makes a tag lead to another one, which leads nowhere itself from then on: so no way ever comes back
 * to where it began.
 */
async function lead(core: Core, from: ListRow, title: string, to: ListRow | undefined): Promise<boolean> {
  const name = tagKeyOf(title);
  const updatedAt = core.now().toISOString();
  const { lang, description } = from;
  const row = inTransaction(lists(core));
  const taking = to
    ? row
        .patch({ lang, kind: "tag", name })
        .set({ title, updatedAt, description: to.description || description || "" })
        .remove(["movedTo"])
        .commit()
    : row
        .create({ lang, kind: "tag", name, title, count: 0, updatedAt, description: description ?? "" })
        .commit();
  const { written } = await commit(core, [
    row.patch({ lang, kind: "tag", name: from.name }).set({ movedTo: { name, title }, updatedAt }).commit(),
    taking,
  ]);
  return written;
}

async function findTag(core: Core, lang: Locale, name: string): Promise<ListRow | undefined> {
  const { data } = await lists(core).get(keyOf(lang, name)).go({ consistent: true });
  return data ?? undefined;
}

/** @throws AppError `not_found` for a tag that no post ever had */
async function readTag(core: Core, lang: Locale, name: string): Promise<ListRow> {
  const row = await findTag(core, lang, name);
  if (!row) throw new AppError("not_found");
  return row;
}

function tagOf(lang: Locale, { name, title, count, description = "", movedTo }: ListRow): Tag {
  return { lang, name, title, count, description, ...(movedTo ? { movedTo } : {}) };
}
