import { afterAll, beforeAll, expect, test } from "vitest";
import { startTable, type TestTable } from "../test/table.ts";
import { addresses, postContents } from "./post/post.entity.ts";
import { commit, inTransaction } from "./transaction.ts";

let engine: TestTable;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

const postId = "pst_00000000000000000000000001";
const reserve = (slug: string) =>
  inTransaction(addresses(engine)).create({ lang: "ko", slug, postId }).commit();
const find = async (slug: string) => (await addresses(engine).get({ lang: "ko", slug }).go()).data;

test("a refused transaction names whose condition did not hold, and writes nothing", async () => {
  await commit(engine, [reserve("taken")]);
  const outcome = await commit(engine, [reserve("free"), reserve("taken")]);
  expect(outcome).toEqual({ written: false, refused: [false, true] });
  expect(await find("free")).toBeNull();
});

test("transactions that meet on one item are tried again until each was written or refused", async () => {
  const slugs = Array.from({ length: 8 }, (_, index) => `slug-${index}`);
  const outcomes = await Promise.all(
    slugs.map((slug) => commit(engine, [reserve(slug), reserve("meeting-point")])),
  );
  expect(outcomes.filter(({ written }) => written)).toHaveLength(1);
  const found = await Promise.all(slugs.map(find));
  expect(found.filter((row) => row !== null)).toHaveLength(1);
});

test("an item beyond what the table takes is too large rather than a defect", async () => {
  const markdown = crypto.getRandomValues(new Uint8Array(60_000));
  const content = { postId, revision: 1, markdown: Buffer.concat(Array(7).fill(markdown)) } as const;
  const item = inTransaction(postContents(engine)).create(content).commit();
  await expect(commit(engine, [item])).rejects.toMatchObject({ code: "too_large" });
});
