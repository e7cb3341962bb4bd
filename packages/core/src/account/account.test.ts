import { afterAll, beforeAll, expect, test } from "vitest";
import { startTable, type TestTable } from "../../test/table.ts";
import { createCore } from "../core.ts";
import { accountIdOf } from "../id.ts";
import { current, isOpen, open } from "./account.ts";

let engine: TestTable;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

const newActor = () => ({ accountId: accountIdOf(crypto.randomUUID()), roles: ["author"] as const });

test("an account is opened once, however often and at whatever moment the pool says so", async () => {
  const actor = newActor();
  const core = createCore({ table: engine.table, locale: "ko", actor });
  const person = {
    accountId: actor.accountId,
    email: " Me@Example.com ",
    displayName: "김하루",
    locale: "ko" as const,
  };
  expect(await isOpen(core, actor.accountId)).toBe(false);
  await Promise.all([open(core, person), open(core, person)]);
  await open(core, { ...person, displayName: "다른 이름" });
  expect(await isOpen(core, actor.accountId)).toBe(true);
  expect(await current(core, {})).toMatchObject({ email: "me@example.com", displayName: "김하루" });
});

test("the roles of an account are those of the token", async () => {
  const actor = newActor();
  const core = createCore({ table: engine.table, locale: "ko", actor });
  await open(core, { accountId: actor.accountId, email: "a@example.com", displayName: "가", locale: "ko" });
  expect((await current(core, {})).roles).toEqual(["author"]);
});

test("a person without an account has none", async () => {
  const core = createCore({ table: engine.table, locale: "ko", actor: newActor() });
  await expect(current(core, {})).rejects.toMatchObject({ code: "not_found" });
});
