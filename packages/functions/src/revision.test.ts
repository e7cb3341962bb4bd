import { create } from "@haru/core/post/draft";
import { publish } from "@haru/core/post/publish";
import { revisionContract } from "@haru/core/revision/revision.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type Person } from "../test/call.ts";
import { newPerson, startLinkedTable } from "../test/services.ts";
import { coreFor } from "./core.ts";
import { handler } from "./revision.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let author: Person;
let stranger: Person;
let postId: string;
beforeAll(async () => {
  engine = await startLinkedTable();
  author = await newPerson("author");
  stranger = await newPerson("author");
  const core = coreFor("ko", { actor: author });
  const text = { slug: "판", title: "아침", description: "", tags: [], markdown: "본문" };
  const draft = await create(core, { lang: "ko", ...text });
  await publish(core, { postId: draft.postId, revision: 1 });
  postId = draft.postId;
});
afterAll(() => engine.stop());

const verbs = ["list", "read", "restore"] as const;
const inputOf = { list: {}, read: { revision: 1 }, restore: { revision: 1, over: 1 } };

test.each(verbs)("%s asks for a token and refuses a reader", async (verb) => {
  const input = { postId, ...inputOf[verb] };
  expect(await call(handler, revisionContract[verb], { input })).toMatchObject({ status: 401 });
  const reader = await newPerson("reader");
  expect(await call(handler, revisionContract[verb], { as: reader, input })).toMatchObject({ status: 403 });
});

test.each(verbs)("%s answers someone else's post as it answers a missing one", async (verb) => {
  const ask = (id: string) =>
    call(handler, revisionContract[verb], { as: stranger, input: { postId: id, ...inputOf[verb] } });
  const [theirs, none] = await Promise.all([ask(postId), ask(`pst_${"0".repeat(26)}`)]);
  expect(theirs.status).toBe(404);
  expect({ ...theirs.body.error, requestId: "" }).toEqual({ ...none.body.error, requestId: "" });
});

test("a kept revision is listed, read and restored over the wire", async () => {
  const list = await call(handler, revisionContract.list, { as: author, input: { postId } });
  expect(list.body.items).toMatchObject([{ revision: 1, reason: "published" }]);
  const read = await call(handler, revisionContract.read, { as: author, input: { postId, revision: 1 } });
  expect(read.body).toMatchObject({ title: "아침", markdown: "본문" });
  const input = { postId, revision: 1, over: 1 };
  const restored = await call(handler, revisionContract.restore, { as: author, input });
  expect(restored).toMatchObject({ status: 200, body: { revision: 2, publishedRevision: 1 } });
  const missing = await call(handler, revisionContract.read, { as: author, input: { postId, revision: 9 } });
  expect(missing.status).toBe(404);
});
