import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { createCore } from "../core.ts";
import { create } from "./draft.ts";
import { list, read } from "./post.ts";
import { publish } from "./publish.ts";
import { publishedContents } from "./published-post.entity.ts";

let engine: TestTable;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

const visitor = () => createCore({ table: engine.table, locale: "ko" });

test("the list of a language is complete, newest first, without repeats, under equal timestamps", async () => {
  let now = new Date("2026-11-21T09:00:00Z");
  const me = await newPerson(engine.table, { now: () => now });
  const made: string[] = [];
  for (const [index, slug] of ["가", "나", "다", "라", "마"].entries()) {
    if (index === 3) now = new Date("2026-11-21T10:00:00Z");
    const text = { slug, title: slug, description: "", tags: [], markdown: slug };
    const { postId } = await create(me, { lang: "ko", ...text });
    await publish(me, { postId, revision: 1 });
    made.push(postId);
  }
  const english = { slug: "a", title: "a", description: "", tags: [], markdown: "a" };
  const { postId } = await create(me, { lang: "en", ...english });
  await publish(me, { postId, revision: 1 });

  for (const limit of [1, 2, 3, 5, 50]) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(visitor(), { lang: "ko", limit, ...(cursor ? { cursor } : {}) });
      expect(page.items.length).toBeGreaterThan(0);
      seen.push(...page.items.map((item) => item.postId));
      cursor = page.cursor;
    } while (cursor);
    const [older, newer] = [made.slice(0, 3), made.slice(3)];
    expect(seen).toEqual([...newer.sort().reverse(), ...older.sort().reverse()]);
  }
});

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
