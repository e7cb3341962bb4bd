import { transferContract } from "@haru/core/transfer/transfer.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../test/call.ts";
import { newPerson, startLinkedTable } from "../test/services.ts";
import { handler } from "./transfer.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
beforeAll(async () => {
  engine = await startLinkedTable();
});
afterAll(() => engine.stop());

const post = {
  lang: "ko",
  slug: "옮긴-글",
  title: "옮긴 글",
  description: "",
  tags: [],
  markdown: "본문",
  isDraft: true,
};
const { exportPosts, importPost } = transferContract;

test("an author imports a post and exports it, and nobody else sees it", async () => {
  const as = await newPerson("author");
  const imported = await call(handler, importPost, { as, input: post });
  expect(imported).toMatchObject({ status: 200, body: { outcome: "imported" } });
  const exported = await call(handler, exportPosts, { as, input: {} });
  expect(exported.body.items).toEqual([{ ...post, ...keptOf(exported.body.items[0]) }]);
  const stranger = await newPerson("author");
  expect((await call(handler, exportPosts, { as: stranger, input: {} })).body.items).toEqual([]);
});

function keptOf({ postId, workId, settings }: Record<string, unknown>) {
  return { postId, workId, settings };
}

test("importing and exporting ask for the role of an author", async () => {
  for (const route of [importPost, exportPosts]) {
    expect(await call(handler, route, { input: {} })).toMatchObject({ status: 401 });
    const as = await newPerson("reader");
    expect(await call(handler, route, { as, input: {} })).toMatchObject({ status: 403 });
  }
});

test.each([
  [{ slug: "../../etc" }, "slug"],
  [{ title: "" }, "title"],
  [{ markdown: "가".repeat(2_000_000) }, "markdown"],
  [{ settings: { cover: { src: "javascript:x", alt: "" } } }, "settings.cover.src"],
  [{ postId: "pst_x" }, "postId"],
  [{ publishedAt: "어제" }, "publishedAt"],
  [{ authorId: "acc_x" }, "authorId"],
])("a post with %j is refused with a sentence beside the field", async (more, field) => {
  const as = await newPerson("author");
  const answer = await call(handler, importPost, { as, input: { ...post, slug: "나쁜-글", ...more } });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
  expect(answer.body.error.fields).toHaveProperty(field);
});

test("an address that is somebody else's is a conflict", async () => {
  const [owner, other] = [await newPerson("author"), await newPerson("author")];
  const input = { ...post, slug: "누구의-글" };
  await call(handler, importPost, { as: owner, input });
  expect(await call(handler, importPost, { as: other, input })).toMatchObject({ status: 409 });
});
