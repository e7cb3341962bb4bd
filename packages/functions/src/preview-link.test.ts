import { create } from "@haru/core/post/draft";
import { previewLinkContract } from "@haru/core/preview-link/preview-link.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type Person } from "../test/call.ts";
import { newPerson, startLinkedTable } from "../test/services.ts";
import { coreFor } from "./core.ts";
import { handler } from "./preview-link.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let author: Person;
let stranger: Person;
let postId: string;
const token = "0".repeat(22);
beforeAll(async () => {
  engine = await startLinkedTable();
  author = await newPerson("author");
  stranger = await newPerson("author");
  const text = { slug: "미리", title: "초안", description: "", tags: [], markdown: "본문" };
  ({ postId } = await create(coreFor("ko", { actor: author }), { lang: "ko", ...text }));
});
afterAll(() => engine.stop());

const verbs = ["create", "list", "withdraw"] as const;
const inputOf = { create: { days: 7 }, list: {}, withdraw: { token } };

test.each(verbs)("%s asks for a token and refuses a reader", async (verb) => {
  const input = { postId, ...inputOf[verb] };
  expect(await call(handler, previewLinkContract[verb], { input })).toMatchObject({ status: 401 });
  const reader = await newPerson("reader");
  expect(await call(handler, previewLinkContract[verb], { as: reader, input })).toMatchObject({
    status: 403,
  });
});

test.each(verbs)("%s answers someone else's post as it answers a missing one", async (verb) => {
  const ask = (id: string) =>
    call(handler, previewLinkContract[verb], { as: stranger, input: { postId: id, ...inputOf[verb] } });
  const [theirs, none] = await Promise.all([ask(postId), ask(`pst_${"0".repeat(26)}`)]);
  expect(theirs.status).toBe(404);
  expect({ ...theirs.body.error, requestId: "" }).toEqual({ ...none.body.error, requestId: "" });
});

test("a private address is made, read by anybody, never kept by a cache, and withdrawn", async () => {
  const made = await call(handler, previewLinkContract.create, { as: author, input: { postId, days: 1 } });
  expect(made.status).toBe(201);
  const address = { input: { postId, token: made.body.token } };
  const opened = await call(handler, previewLinkContract.open, address);
  expect(opened).toMatchObject({ status: 200, headers: { "cache-control": "no-store" } });
  expect(opened.body).toMatchObject({ title: "초안", html: "<p>본문</p>\n" });
  await call(handler, previewLinkContract.withdraw, { as: author, ...address });
  expect((await call(handler, previewLinkContract.open, address)).status).toBe(404);
});

test.each([
  ["create", { days: 365 }, "days"],
  ["open", { token: "short" }, "token"],
] as const)("%s refuses %j and names the field", async (verb, input, field) => {
  const answer = await call(handler, previewLinkContract[verb], { as: author, input: { postId, ...input } });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
  expect(answer.body.error.fields[field]).toHaveLength(1);
});
