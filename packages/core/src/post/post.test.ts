import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { createCore } from "../core.ts";
import { create } from "./draft.ts";
import { read } from "./post.ts";
import { publish } from "./publish.ts";
import { publishedContents } from "./published-post.entity.ts";

let engine: TestTable;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

const visitor = () => createCore({ table: engine.table, locale: "ko" });

test("a slug is found however its Hangul was typed", async () => {
  const me = await newPerson(engine.table);
  const text = { slug: "가을-아침", title: "글", description: "", tags: [], markdown: "글" };
  const { postId } = await create(me, { lang: "ko", ...text });
  await publish(me, { postId, revision: 1 });
  for (const slug of ["가을-아침".normalize("NFD"), " 가을-아침 "])
    expect(await read(visitor(), { lang: "ko", slug })).toMatchObject({ postId });
});

test("a reader between the two halves of a publication is sent away rather than shown a mixture", async () => {
  const me = await newPerson(engine.table);
  const text = { slug: "half", title: "글", description: "", tags: [], markdown: "글" };
  const { postId } = await create(me, { lang: "ko", ...text });
  await publish(me, { postId, revision: 1 });
  await publishedContents(me).patch({ lang: "ko", slug: "half" }).set({ revision: 2 }).go();
  await expect(read(visitor(), { lang: "ko", slug: "half" })).rejects.toMatchObject({ code: "unavailable" });
});

test("an address that nobody has is missing", async () => {
  const nobody = read(visitor(), { lang: "en", slug: "nothing-here" });
  await expect(nobody).rejects.toMatchObject({ code: "not_found" });
});
