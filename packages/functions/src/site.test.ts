import { siteContract } from "@haru/core/site/site.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../test/call.ts";
import { newPerson, startLinkedTable } from "../test/services.ts";
import { handler } from "./site.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
beforeAll(async () => {
  engine = await startLinkedTable();
});
afterAll(() => engine.stop());

const words = { title: "나날", description: "", navigation: [{ label: "소개", href: "/ko/posts/about" }] };
const input = { words: { ko: words, en: words }, socialLinks: [], defaultLocale: "ko", revision: 0 };

test("only an administrator changes the site's settings, and everybody reads them", async () => {
  expect(await call(handler, siteContract.update, { input })).toMatchObject({ status: 401 });
  for (const role of ["reader", "author"] as const) {
    const as = await newPerson(role);
    expect(await call(handler, siteContract.update, { as, input })).toMatchObject({ status: 403 });
  }
  const as = await newPerson("admin");
  expect(await call(handler, siteContract.update, { as, input })).toMatchObject({ status: 200 });
  const read = await call(handler, siteContract.read, { input: {} });
  expect(read).toMatchObject({ status: 200, body: { revision: 1, words: { ko: words } } });
});

test("a change that somebody else overtook is a conflict, and a field that is not known is named", async () => {
  const as = await newPerson("admin");
  const late = { ...input, defaultLocale: "en" };
  expect(await call(handler, siteContract.update, { as, input: late })).toMatchObject({ status: 409 });
  const answer = await call(handler, siteContract.update, { as, input: { ...input, analytics: "on" } });
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { fields: { analytics: [expect.any(String)] } } },
  });
});
