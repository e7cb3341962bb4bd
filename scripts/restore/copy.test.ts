import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { createCore } from "@haru/core/core";
import { create, readDraft } from "@haru/core/post/draft";
import { read } from "@haru/core/post/post";
import { publish } from "@haru/core/post/publish";
import { connectTable } from "@haru/core/table";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../packages/core/test/people.ts";
import { startTable, type TestTable } from "../../packages/core/test/table.ts";
import {
  differencesOf,
  hasTable,
  type Item,
  itemOf,
  itemsOf,
  lineOf,
  makeTableLike,
  removeTable,
  summaryOf,
  writeItems,
} from "./copy.ts";

let engine: TestTable;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

async function* fromLines(lines: readonly string[]): AsyncGenerator<Item> {
  for (const line of lines) yield itemOf(line);
}

test("a table that is exported and imported beside is the same, and the site's verbs read it", async () => {
  const { table } = engine.table;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint: engine.url, region: "us-east-1", credentials });
  const author = await newPerson(engine.table);
  const text = { lang: "ko" as const, description: "", tags: ["하루"], markdown: "가".repeat(5_000) };
  const posts = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      create(author, { ...text, title: `글 ${index}`, slug: `글-${index}` }),
    ),
  );
  for (const { postId } of posts) await publish(author, { postId, revision: 1 });

  const lines: string[] = [];
  for await (const item of itemsOf(client, table)) lines.push(lineOf(item));
  await makeTableLike(client, table, "beside");
  for (let time = 0; time < 2; time++)
    expect(await writeItems(client, "beside", fromLines(lines))).toBe(lines.length);
  const here = await summaryOf(itemsOf(client, table));
  const there = await summaryOf(itemsOf(client, "beside"));
  expect(here.counts.get("publishedPost")).toBe(12);
  expect(differencesOf(here, there)).toEqual([]);

  const restored = { ...author, table: connectTable("beside", client) };
  const [first] = posts;
  expect(await readDraft(restored, { postId: first?.postId ?? "pst_" })).toEqual(
    await readDraft(author, { postId: first?.postId ?? "pst_" }),
  );
  const visitor = createCore({ table: restored.table, locale: "ko" });
  expect((await read(visitor, { lang: "ko", slug: "글-3" })).title).toBe("글 3");

  await client.send(
    new PutItemCommand({
      TableName: "beside",
      Item: { pk: { S: "x" }, sk: { S: "y" }, __edb_e__: { S: "post" } },
    }),
  );
  const changed = await summaryOf(itemsOf(client, "beside"));
  expect(differencesOf(here, changed)).toEqual(["post: 12 here, 13 there"]);

  expect(await hasTable(client, "beside")).toBe(true);
  // A rehearsal that was interrupted is followed by another.
  for (let time = 0; time < 2; time++) await removeTable(client, "beside");
  expect(await hasTable(client, "beside")).toBe(false);
  await makeTableLike(client, table, "beside");
  expect(await summaryOf(itemsOf(client, "beside"))).toEqual(await summaryOf(fromLines([])));
  client.destroy();
});

test("a changed attribute is noticed though nothing is missing", async () => {
  const one = (title: string): Item => ({ pk: { S: "a" }, sk: { S: "b" }, title: { S: title } });
  const of = (item: Item) => summaryOf(fromLines([lineOf(item)]));
  expect(differencesOf(await of(one("a")), await of(one("b")))).toEqual([
    "As many of each, and some of them differ.",
  ]);
});

test("a line holds its item whole, bytes and empty values too", () => {
  const item: Item = {
    pk: { S: "a" },
    bytes: { B: new Uint8Array([0, 255]) },
    deep: { M: { list: { L: [{ N: "1" }, { NULL: true }, { BOOL: false }] }, empty: { S: "" } } },
  };
  expect(itemOf(lineOf(item))).toEqual({ ...item, bytes: { B: Buffer.from([0, 255]) } });
});
