import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import { read, update } from "./site.ts";

let engine: TestTable;
let admin: ActorCore;
beforeAll(async () => {
  engine = await startTable();
  admin = await newPerson(engine.table, { role: "admin" });
});
afterAll(() => engine.stop());

const words = (title: string) => ({ title, description: "", navigation: [] });
const settings = (title: string) => ({
  words: { ko: words(title), en: words("Days") },
  socialLinks: [{ label: "GitHub", href: "https://github.com/haru" }],
  defaultLocale: "en" as const,
  comments: { approval: "all" as const, closeAfterDays: 30 },
});

test("a site that nobody changed answers with empty words, and then with what was written", async () => {
  expect(await read(admin, {})).toMatchObject({ revision: 0, words: { ko: words("") } });
  const written = await update(admin, { ...settings("나날"), revision: 0 });
  expect(written).toMatchObject({ revision: 1, defaultLocale: "en" });
  expect(await read(admin, {})).toEqual(written);
});

test("a change over a revision that has passed is refused, and one sent twice is one", async () => {
  const { revision } = await read(admin, {});
  const first = await update(admin, { ...settings("하나"), revision });
  expect(await update(admin, { ...settings("하나"), revision })).toEqual(first);
  await expect(update(admin, { ...settings("둘"), revision })).rejects.toMatchObject({ code: "conflict" });
});

test("of two changes at the same moment exactly one is written", async () => {
  const { revision } = await read(admin, {});
  const outcomes = await Promise.allSettled(
    ["가", "나", "다"].map((title) => update(admin, { ...settings(title), revision })),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test.each([
  ["javascript:alert(1)"],
  ["//evil.example"],
  ["/\\evil.example"],
  ["http://plain.example"],
  ["data:text/html,x"],
  ['/a"onclick="x'],
])("a menu that would lead to %s is refused beside its field", async (href) => {
  const { revision } = await read(admin, {});
  const bad = { ...words(""), navigation: [{ label: "x", href }] };
  const { words: both, ...rest } = settings("");
  await expect(update(admin, { ...rest, words: { ...both, ko: bad }, revision })).rejects.toMatchObject({
    code: "invalid_input",
    fields: { "words.ko.navigation.0.href": [expect.any(String)] },
  });
});
