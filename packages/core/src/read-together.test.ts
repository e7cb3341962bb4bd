import { BatchGetCommand, type BatchGetCommandOutput } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTable, type TestTable } from "../test/table.ts";
import { open } from "./account/account.ts";
import { type ActorCore, createCore } from "./core.ts";
import { accountIdOf } from "./id.ts";
import { pull } from "./todo/pull.ts";
import { push } from "./todo/push.ts";
import { emptyContent } from "./todo/todo.contract.ts";

let engine: TestTable;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

/** The real table, which answers so many reads of several items with nothing but "later". */
function throttled(actor: ActorCore["actor"], times: number): ActorCore {
  const { client } = engine.table;
  const send = client.send.bind(client) as (command: unknown) => Promise<BatchGetCommandOutput>;
  let left = times;
  const slow = async (command: unknown) => {
    if (!(command instanceof BatchGetCommand) || left-- <= 0) return send(command);
    return { Responses: {}, UnprocessedKeys: command.input.RequestItems };
  };
  const table = { ...engine.table, client: Object.assign(Object.create(client), { send: slow }) };
  return createCore({ table, locale: "ko", actor });
}

async function newPerson(): Promise<ActorCore> {
  const accountId = accountIdOf(crypto.randomUUID());
  const core = createCore({ table: engine.table, locale: "ko", actor: { accountId, roles: ["reader"] } });
  const email = `${accountId}@example.com`;
  await open(core, { accountId, email, displayName: "김하루", locale: "ko", roles: ["reader"] });
  return core;
}

test("a table that throttles makes nobody forget a list and no change refused: it is asked again", async () => {
  const core = await newPerson();
  const deviceId = core.newId("device");
  const listId = core.newId("list");
  const created = { name: "list.create", args: { listId, name: "목록", color: "ink" }, seen: 0 };
  await push(core, { deviceId, mutations: [{ mutationId: core.newId("mutation"), ...created }] });

  const content = emptyContent("우유 사기", "V");
  const added = { name: "todo.create", args: { listId, todoId: core.newId("todo"), content }, seen: 1 };
  const mutations = [{ mutationId: core.newId("mutation"), ...added }];
  const { outcomes } = await push(throttled(core.actor, 3), { deviceId, mutations });
  expect(outcomes).toMatchObject([{ outcome: "accepted", seqs: { [listId]: 2 } }]);
  const answer = await pull(throttled(core.actor, 3), { lists: [{ listId, seq: 1 }] });
  expect(answer.memberships).toEqual([{ listId, role: "owner" }]);
  expect(answer.deltas).toMatchObject([{ kind: "changes", to: 2 }]);
});

test("a table that throttles on and on is an error, and never an empty answer", async () => {
  const core = await newPerson();
  const listId = core.newId("list");
  const created = { name: "list.create", args: { listId, name: "목록", color: "ink" }, seen: 0 };
  const mutations = [{ mutationId: core.newId("mutation"), ...created }];
  await push(core, { deviceId: core.newId("device"), mutations });
  const asking = pull(throttled(core.actor, 1_000), { lists: [{ listId, seq: 1 }] });
  await expect(asking).rejects.toMatchObject({ code: "unavailable" });
});
