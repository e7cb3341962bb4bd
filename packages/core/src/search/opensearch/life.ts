import type { Client } from "@opensearch-project/opensearch";
import type { Generation, SearchIndex } from "../search-index.ts";
import { reaching, statusOf } from "./client.ts";
import { generationBody, generationPrefix, readAlias, writeAlias } from "./schema.ts";

/** Making and dropping indexes takes its time on a busy cluster. */
const patient = { requestTimeout: 30_000 };

const nameOf = (generation: number) => `${generationPrefix}${generation}`;
const numberOf = (name: string) => Number(name.slice(generationPrefix.length));

export async function writtenGenerations(client: Client): Promise<string[]> {
  const { body } = await client.indices.getAlias({ name: writeAlias });
  return Object.keys(body);
}

/** What of `GET <index>` is read here. */
type Described = Record<
  string,
  {
    readonly aliases?: Record<string, object>;
    readonly mappings?: { readonly _meta?: { analysis?: number } };
  }
>;

export async function generationsOf(client: Client): Promise<Generation[]> {
  const { body } = await client.indices.get({ index: `${generationPrefix}*` }, patient);
  const described = Object.entries(body as Described).sort(([a], [b]) => numberOf(a) - numberOf(b));
  return Promise.all(
    described.map(async ([index, { aliases = {}, mappings }]) => {
      const count = await client.count({ index, body: { query: { exists: { field: "kind" } } } }, patient);
      return {
        number: numberOf(index),
        isRead: readAlias in aliases,
        isWritten: writeAlias in aliases,
        analysis: mappings?._meta?.analysis ?? 0,
        documents: count.body.count,
      };
    }),
  );
}

async function create(client: Client, generation: number, aliases: readonly string[]): Promise<void> {
  const body = { ...generationBody, aliases: Object.fromEntries(aliases.map((alias) => [alias, {}])) };
  // The client's own types know only a part of what a mapping may hold.
  await client.indices.create({ index: nameOf(generation), body: body as object }, patient);
}

/** The part of the index that is about its generations. */
export function life(
  client: Client,
): Pick<SearchIndex, "open" | "begin" | "swap" | "drop" | "refresh" | "sweep"> {
  return {
    open: () =>
      reaching(async () => {
        const { body: isThere } = await client.indices.existsAlias({ name: readAlias }, patient);
        if (isThere) return;
        try {
          await create(client, 1, [readAlias, writeAlias]);
        } catch (error) {
          // Another function made it at the same moment.
          if (statusOf(error) !== 400 || !String(error).includes("resource_already_exists")) throw error;
        }
      }),
    begin: () =>
      reaching(async () => {
        const number =
          Math.max(0, ...(await generationsOf(client)).map((generation) => generation.number)) + 1;
        await create(client, number, [writeAlias]);
        return number;
      }),
    swap: (to) =>
      reaching(async () => {
        const read = (await generationsOf(client)).filter(({ isRead, number }) => isRead && number !== to);
        const actions = [
          ...read.map(({ number }) => ({ remove: { index: nameOf(number), alias: readAlias } })),
          { add: { index: nameOf(to), alias: readAlias } },
        ];
        await client.indices.updateAliases({ body: { actions } }, patient);
      }),
    drop: (generation) =>
      reaching(async () => {
        const isRead = (await generationsOf(client)).some(
          (each) => each.number === generation && each.isRead,
        );
        if (!isRead) await client.indices.delete({ index: nameOf(generation) }, patient);
      }),
    refresh: () =>
      reaching(async () => {
        await client.indices.refresh({ index: `${generationPrefix}*` }, patient);
      }),
    sweep: (before) =>
      reaching(async () => {
        const query = { range: { goneAt: { lt: before.toISOString() } } };
        const { body } = await client.deleteByQuery(
          { index: `${generationPrefix}*`, conflicts: "proceed", body: { query } },
          patient,
        );
        return (body as { readonly deleted?: number }).deleted ?? 0;
      }),
  };
}
