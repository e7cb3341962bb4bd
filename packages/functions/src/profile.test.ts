import { profileContract } from "@haru/core/profile/profile.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../test/call.ts";
import { newPerson, startLinkedTable } from "../test/services.ts";
import { handler } from "./profile.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
beforeAll(async () => {
  engine = await startLinkedTable();
});
afterAll(() => engine.stop());

const settings = { displayName: "새 이름", bio: "", locale: "ko", theme: "system" };

test("a person changes the own profile and everybody reads it", async () => {
  const as = await newPerson("reader");
  expect(await call(handler, profileContract.update, { as, input: settings })).toMatchObject({ status: 200 });
  const changed = await call(handler, profileContract.changeHandle, { as, input: { handle: "한글-이름" } });
  expect(changed.body).toMatchObject({ handle: "한글-이름", displayName: "새 이름" });
  const read = await call(handler, profileContract.read, {
    input: { name: encodeURIComponent("한글-이름") },
  });
  expect(read).toMatchObject({ status: 200, body: { accountId: as.accountId } });
  expect(read.body).not.toHaveProperty("locale");
});

test("settings and handle ask for a token", async () => {
  for (const route of [profileContract.own, profileContract.update, profileContract.changeHandle])
    expect(await call(handler, route, { input: {} })).toMatchObject({ status: 401 });
});

test.each([
  [{ displayName: "Kim\r\nBcc: everybody@example.com" }, "displayName"],
  [{ displayName: " " }, "displayName"],
  [{ bio: "가".repeat(1_000) }, "bio"],
  [{ bio: "\u0007" }, "bio"],
  [{ locale: "fr" }, "locale"],
  [{ theme: "pink" }, "theme"],
  [{ roles: ["admin"] }, "roles"],
  [{ suspendedAt: "2026-11-21T00:00:00.000Z" }, "suspendedAt"],
])("a profile with %j is refused with a sentence beside the field", async (more, field) => {
  const as = await newPerson("reader");
  const answer = await call(handler, profileContract.update, { as, input: { ...settings, ...more } });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
  expect(answer.body.error.fields).toHaveProperty(field);
});

test("a name that nobody has is missing", async () => {
  const answer = await call(handler, profileContract.read, { input: { name: "nobody-here" } });
  expect(answer).toMatchObject({ status: 404 });
});
