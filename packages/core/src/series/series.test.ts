import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { type ActorCore, createCore } from "../core.ts";
import type { PostId } from "../id.ts";
import { around, series } from "../list/list.ts";
import { create } from "../post/draft.ts";
import { publish, unpublish } from "../post/publish.ts";
import { arrange } from "./series.ts";

let engine: TestTable;
let me: ActorCore;
beforeAll(async () => {
  engine = await startTable();
  me = await newPerson(engine.table);
});
afterAll(() => engine.stop());

const visitor = () => createCore({ table: engine.table, locale: "ko" });

async function newPart(title: string, slug: string, as = me): Promise<PostId> {
  const text = { slug, title: slug, description: "", tags: [], settings: { series: title }, markdown: slug };
  const { postId } = await create(as, { lang: "ko", ...text });
  await publish(as, { postId, revision: 1 });
  return postId;
}

/** Three parts with the slugs `<name>-1` to `<name>-3`, published in that order. */
async function newSeries(name: string): Promise<[PostId, PostId, PostId]> {
  const first = await newPart(name, `${name}-1`);
  const second = await newPart(name, `${name}-2`);
  return [first, second, await newPart(name, `${name}-3`)];
}

async function partsOf(name: string): Promise<string[]> {
  const { parts } = await series(visitor(), { lang: "ko", name });
  return parts.map(({ slug }) => slug);
}

test("a series is read in the order that its author gave it, and each part leads to the next one there", async () => {
  const [first, second, third] = await newSeries("걷기");
  const wanted = [third, first, second];
  for (const _ of ["once", "sent again"])
    expect(await arrange(me, { lang: "ko", name: "걷기", postIds: wanted })).toEqual({ postIds: wanted });
  expect(await partsOf("걷기")).toEqual(["걷기-3", "걷기-1", "걷기-2"]);
  const beside = (await around(visitor(), { lang: "ko", slug: "걷기-1" })).series;
  expect(beside).toMatchObject({
    part: 2,
    count: 3,
    previous: { slug: "걷기-3" },
    next: { slug: "걷기-2" },
  });
});

test("a part that comes later stands last, one that goes leaves the others alone, and what is no part is nothing", async () => {
  const [first, second, third] = await newSeries("듣기");
  const stranger = me.newId("post");
  const postIds = [third, stranger, second, third];
  expect(await arrange(me, { lang: "ko", name: "듣기", postIds })).toEqual({
    postIds: [third, second, first],
  });
  await newPart("듣기", "듣기-4");
  expect(await partsOf("듣기")).toEqual(["듣기-3", "듣기-2", "듣기-1", "듣기-4"]);
  await unpublish(me, { postId: second });
  expect(await partsOf("듣기")).toEqual(["듣기-3", "듣기-1", "듣기-4"]);
});

test("only who wrote every part arranges a series, and an admin", async () => {
  const [first, second, third] = await newSeries("쓰기");
  const postIds = [third, second, first];
  const other = await newPerson(engine.table);
  const request = { lang: "ko", name: "쓰기", postIds } as const;
  await expect(arrange(other, request)).rejects.toMatchObject({ code: "forbidden" });
  const theirs = await newPart("쓰기", "쓰기-4", other);
  await expect(arrange(me, request)).rejects.toMatchObject({ code: "forbidden" });
  await expect(arrange(other, request)).rejects.toMatchObject({ code: "forbidden" });
  expect(await partsOf("쓰기")).toEqual(["쓰기-1", "쓰기-2", "쓰기-3", "쓰기-4"]);
  const admin = await newPerson(engine.table, { role: "admin" });
  expect(await arrange(admin, request)).toEqual({ postIds: [...postIds, theirs] });
});

test("a series that nobody reads cannot be arranged", async () => {
  const request = { lang: "ko" as const, name: "없는-연재", postIds: [] };
  await expect(arrange(me, request)).rejects.toMatchObject({ code: "not_found" });
});
