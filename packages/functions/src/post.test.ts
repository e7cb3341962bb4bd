import { postContract } from "@haru/core/post/post.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type Person } from "../test/call.ts";
import { newPerson, startLinkedTable } from "../test/services.ts";
import { handler } from "./post.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let author: Person;
let stranger: Person;
let reader: Person;
beforeAll(async () => {
  engine = await startLinkedTable();
  author = await newPerson("author");
  stranger = await newPerson("author");
  reader = await newPerson("reader");
});
afterAll(() => engine.stop());

const missing = `pst_${"0".repeat(26)}`;
let slugs = 0;
const fields = () => ({
  slug: `글-${++slugs}`,
  title: "가을 아침",
  description: "",
  tags: ["일기"],
  markdown: "**공지(중요)**를 읽다.",
});
const newDraft = async (as = author) =>
  (await call(handler, postContract.create, { as, input: { lang: "ko", ...fields() } })).body;
const newPost = async (as = author) => {
  const { postId, revision } = await newDraft(as);
  await call(handler, postContract.publish, { as, input: { postId, revision } });
  return (await call(handler, postContract.readDraft, { as, input: { postId } })).body;
};

const authorsRoutes = [
  "listDrafts",
  "create",
  "readDraft",
  "update",
  "publish",
  "unpublish",
  "schedule",
  "unschedule",
  "remove",
  "restore",
  "preview",
] as const;

test.each(authorsRoutes)("%s asks for a token", async (verb) => {
  const answer = await call(handler, postContract[verb], { input: { postId: missing } });
  expect(answer).toMatchObject({ status: 401, body: { error: { code: "unauthenticated" } } });
});

test.each(authorsRoutes)("%s refuses a reader", async (verb) => {
  const answer = await call(handler, postContract[verb], { as: reader, input: { postId: missing } });
  expect(answer).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
});

test.each([
  "readDraft",
  "update",
  "publish",
  "unpublish",
  "schedule",
  "unschedule",
  "remove",
  "restore",
] as const)("%s answers someone else's post as it answers a missing one", async (verb) => {
  const { postId } = await newPost();
  const rest = {
    update: { revision: 1, ...fields() },
    publish: { revision: 1 },
    readDraft: {},
    unpublish: {},
    schedule: { revision: 1, publishAt: "2100-01-01T00:00:00.000Z" },
    unschedule: {},
    remove: {},
    restore: {},
  };
  const ask = (id: string) =>
    call(handler, postContract[verb], { as: stranger, input: { ...rest[verb], postId: id } });
  const [theirs, none] = await Promise.all([ask(postId), ask(missing)]);
  expect(theirs.status).toBe(404);
  expect({ ...theirs.body.error, requestId: "" }).toEqual({ ...none.body.error, requestId: "" });
  expect((await call(handler, postContract.readDraft, { as: author, input: { postId } })).body.revision).toBe(
    1,
  );
});

test.each([
  ["read", { lang: "ko", slug: "a--b" }, "slug"],
  ["listDrafts", { limit: "many" }, "limit"],
  ["create", { lang: "ko", ...fields(), slug: "Hello World" }, "slug"],
  ["create", { lang: "ko", ...fields(), title: "가".repeat(1_000_000) }, "title"],
  ["create", { lang: "ko", ...fields(), title: "\0" }, "title"],
  ["create", { lang: "ko", ...fields(), title: "\ud800" }, "title"],
  ["create", { lang: "ko", ...fields(), markdown: "\udfff" }, "markdown"],
  ["create", { lang: "ko", ...fields(), markdown: "가".repeat(150_000) }, "markdown"],
  ["create", { lang: "ko", ...fields(), tags: "일기" }, "tags"],
  ["create", { lang: "ko", ...fields(), tags: ["", 3] }, "tags.1"],
  ["create", { lang: "ko", ...fields(), authorId: "acc_x" }, "authorId"],
  ["create", { lang: "ko", title: "제목만" }, "markdown"],
  ["readDraft", { postId: "pst_short" }, "postId"],
  ["update", { postId: missing, ...fields(), revision: "1" }, "revision"],
  ["publish", { postId: missing, revision: 0 }, "revision"],
  ["unpublish", { postId: missing, now: true }, "now"],
  ["schedule", { postId: missing, revision: 1, publishAt: "2100-01-01T00:00:30.000Z" }, "publishAt"],
  [
    "create",
    { lang: "ko", ...fields(), settings: { cover: { src: "javascript:x", alt: "" } } },
    "settings.cover.src",
  ],
  ["preview", { markdown: 7 }, "markdown"],
] as const)("%s refuses %j and names the field", async (verb, input, field) => {
  const answer = await call(handler, postContract[verb], { as: author, input });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
  expect(answer.body.error.fields[field]).toHaveLength(1);
});

test("a post goes from a draft to its readers and back", async () => {
  const created = await call(handler, postContract.create, {
    as: author,
    input: { lang: "en", ...fields() },
  });
  expect(created).toMatchObject({ status: 201, headers: { "cache-control": "no-store" } });
  const { postId, slug } = created.body;
  const address = { input: { lang: "en", slug } };
  expect(await call(handler, postContract.read, address)).toMatchObject({ status: 404 });

  const published = await call(handler, postContract.publish, { as: author, input: { postId, revision: 1 } });
  expect(published).toMatchObject({ status: 200, body: { state: "published", publishedRevision: 1 } });
  const read = await call(handler, postContract.read, address);
  expect(read.body).toMatchObject({ postId, title: "가을 아침", commentCount: 0 });
  expect(read.body.html).toContain("<strong>공지(중요)</strong>를");
  const source = await call(handler, postContract.source, address);
  expect(source.body).toMatchObject({ postId, markdown: "**공지(중요)**를 읽다." });

  const unpublished = await call(handler, postContract.unpublish, { as: author, input: { postId } });
  expect(unpublished).toMatchObject({ status: 200, body: { state: "draft" } });
  expect(await call(handler, postContract.read, address)).toMatchObject({ status: 404 });
  expect(await call(handler, postContract.source, address)).toMatchObject({ status: 404 });
});

test("an update answers the saved draft, and a conflict when it was based on an older one", async () => {
  const { postId, slug } = await newDraft();
  const save = (title: string) =>
    call(handler, postContract.update, {
      as: author,
      input: { ...fields(), postId, slug, title, revision: 1 },
    });
  expect(await save("하나")).toMatchObject({ status: 200, body: { title: "하나", revision: 2 } });
  expect(await save("둘")).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
});

test("a create with the same Idempotency-Key happens once, and other content under it is refused", async () => {
  const input = { lang: "ko", ...fields() };
  const headers = { "idempotency-key": crypto.randomUUID() };
  const first = await call(handler, postContract.create, { as: author, input, headers });
  const again = await call(handler, postContract.create, { as: author, input, headers });
  expect(again).toEqual(first);
  const other = await call(handler, postContract.create, {
    as: author,
    input: { ...input, slug: "other" },
    headers,
  });
  expect(other).toMatchObject({ status: 422, body: { error: { code: "idempotency_mismatch" } } });
});

test("a taken slug is a conflict beside its field", async () => {
  const { slug } = await newDraft();
  const answer = await call(handler, postContract.create, {
    as: stranger,
    input: { lang: "ko", ...fields(), slug },
  });
  expect(answer).toMatchObject({
    status: 409,
    body: { error: { code: "conflict", fields: { slug: ["이미 쓰고 있는 주소입니다."] } } },
  });
});

test("the author's list holds the author's posts and no one else's", async () => {
  const me = await newPerson("author");
  const mine = await newDraft(me);
  const answer = await call(handler, postContract.listDrafts, { as: me });
  expect(answer.body.items.map(({ postId }: { postId: string }) => postId)).toEqual([mine.postId]);
});

test("an admin may change everybody's post", async () => {
  const admin = await newPerson("admin");
  const { postId } = await newDraft();
  expect(await call(handler, postContract.readDraft, { as: admin, input: { postId } })).toMatchObject({
    status: 200,
  });
  expect(
    await call(handler, postContract.publish, { as: admin, input: { postId, revision: 1 } }),
  ).toMatchObject({ status: 200 });
});

test("a preview renders as publishing does and keeps nothing", async () => {
  const answer = await call(handler, postContract.preview, { as: author, input: { markdown: "## 둘째" } });
  expect(answer.status).toBe(200);
  expect(answer.body.headings).toMatchObject([{ level: 2, text: "둘째" }]);
});
