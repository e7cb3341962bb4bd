import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { createCore } from "../core.ts";
import { changeHandle, own, read, update } from "./profile.ts";

let engine: TestTable;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

const visitor = () => createCore({ table: engine.table, locale: "ko" });
let handlesMade = 0;
const newHandle = () => `person-${++handlesMade}`;

test("a profile is found by account id and by handle, and shows nothing private", async () => {
  const me = await newPerson(engine.table, { displayName: "김하루" });
  const handle = newHandle();
  await changeHandle(me, { handle });
  const byId = await read(visitor(), { name: me.actor.accountId });
  expect(byId).toEqual({
    accountId: me.actor.accountId,
    handle,
    displayName: "김하루",
    bio: "",
    createdAt: expect.any(String),
  });
  expect(await read(visitor(), { name: handle.toUpperCase() })).toEqual(byId);
});

test("what is updated is what is read afterwards", async () => {
  const me = await newPerson(engine.table);
  const settings = {
    displayName: "새 이름",
    bio: "첫 줄\n둘째 줄",
    locale: "en" as const,
    theme: "dark" as const,
  };
  expect(await update(me, settings)).toMatchObject(settings);
  expect(await own(me, {})).toMatchObject(settings);
});

test("of people who want one handle at the same moment exactly one gets it", async () => {
  const handle = newHandle();
  const people = await Promise.all(Array.from({ length: 8 }, () => newPerson(engine.table)));
  const outcomes = await Promise.allSettled(people.map((me) => changeHandle(me, { handle })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === "rejected")
      expect(outcome.reason).toMatchObject({
        code: "invalid_input",
        fields: { handle: [expect.any(String)] },
      });
  const winner = people[outcomes.findIndex(({ status }) => status === "fulfilled")];
  expect((await read(visitor(), { name: handle })).accountId).toBe(winner?.actor.accountId);
});

test("an earlier handle leads to the person and to nobody else, and may be taken back", async () => {
  const me = await newPerson(engine.table);
  const [first, second] = [newHandle(), newHandle()];
  await changeHandle(me, { handle: first });
  await changeHandle(me, { handle: second });
  await changeHandle(me, { handle: second });
  expect(await read(visitor(), { name: first })).toMatchObject({
    accountId: me.actor.accountId,
    handle: second,
  });
  const stranger = await newPerson(engine.table);
  await expect(changeHandle(stranger, { handle: first })).rejects.toMatchObject({ code: "invalid_input" });
  expect(await changeHandle(me, { handle: first })).toMatchObject({ handle: first });
});

test.each([
  ["a right-to-left mark", "haru\u202eadmin"],
  ["a character without a width", "kim\u200bharu"],
  ["Cyrillic that looks Latin", "аdminister"],
  ["Greek that looks Latin", "οwen"],
  ["a combining mark", "zalgo\u0301"],
  ["a half of a pair", "name\ud800"],
  ["a letter of Hangul alone", "ㅎㅏㄹㅜ"],
  ["a hyphen at the end", "haru-"],
  ["two hyphens", "ha--ru"],
  ["a path", "../admin"],
  ["too short", "ab"],
  ["too long", "a".repeat(31)],
  ["ten kilobytes", "a".repeat(10_000)],
  ["a reserved word", "admin"],
  ["a reserved word in full width", "ＡＤＭＩＮ"],
  ["a reserved word in Hangul", "관리자"],
  ["nothing", " "],
])("a handle with %s is refused beside its field", async (_, handle) => {
  const me = await newPerson(engine.table);
  await expect(changeHandle(me, { handle })).rejects.toMatchObject({
    code: "invalid_input",
    fields: { handle: expect.any(Array) },
  });
});

test.each([
  ["decomposed Hangul", "하루-기록".normalize("NFD"), "하루-기록"],
  ["full-width letters", "ｈａｒｕ２０２６", "haru2026"],
  ["capitals", "Haru-Kim", "haru-kim"],
])("%s become the handle that they stand for", async (_, given, kept) => {
  const me = await newPerson(engine.table);
  expect(await changeHandle(me, { handle: given })).toMatchObject({ handle: kept });
});

test("nobody is found where nobody is", async () => {
  for (const name of [newHandle(), `acc_${crypto.randomUUID()}`])
    await expect(read(visitor(), { name })).rejects.toMatchObject({ code: "not_found" });
});
