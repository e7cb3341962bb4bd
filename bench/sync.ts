/**
 * How soon another device shows a change. What arrives of a thousand changes in whose middle the browser is killed.
 * How fast changes of todos are taken: the whole of a push (reading, judging, writing) beside the bare
 * transaction that it ends in, in turns on one engine; and how long a device needs that comes back with
 * ten thousand changes.
 */
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { ActorCore } from "../packages/core/src/core.ts";
import type { ListId } from "../packages/core/src/id.ts";
import { pull } from "../packages/core/src/todo/pull.ts";
import { push } from "../packages/core/src/todo/push.ts";
import { mostMutations } from "../packages/core/src/todo/sync.contract.ts";
import { emptyContent } from "../packages/core/src/todo/todo.contract.ts";
import { newPerson } from "../packages/core/test/people.ts";
import { startTable, type TestTable } from "../packages/core/test/table.ts";
import { type Figure, timeMs } from "./figure.ts";
import { measureKill } from "./sync/kill.ts";
import { measureLive } from "./sync/live.ts";

const rounds = 5;
const pushesPerRound = 100;
const manyLists = 100;
const offlineChanges = 10_000;
const goalPerSecond = 200;
const goalRatio = 0.5;

export async function measure(): Promise<Figure[]> {
  return [...(await measurePushes()), ...(await measureLive()), ...(await measureKill())];
}

async function measurePushes(): Promise<Figure[]> {
  const engine = await startTable();
  try {
    const person = await newPerson(engine.table);
    const listId = await newList(person);
    await pushes(person, () => listId, pushesPerRound);
    const bare = bareTransactions(engine);
    await bare(pushesPerRound);
    let [ours, floor] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      ours += await timeMs(() => pushes(person, () => listId, pushesPerRound));
      floor += await timeMs(() => bare(pushesPerRound));
    }
    const count = rounds * pushesPerRound;
    const many = await intoManyLists(engine);
    const replay = await replayed(engine);
    return [
      {
        name: "one-list",
        value: perSecond(count, ours),
        unit: "pushes/s",
        goal: { operator: ">=", value: goalPerSecond },
      },
      { name: "bare-transaction", value: perSecond(count, floor), unit: "/s" },
      { name: "ratio", value: floor / ours, unit: "of bare", goal: { operator: ">=", value: goalRatio } },
      { name: "hundred-lists", value: many, unit: "pushes/s" },
      { name: "one-list-in-batches", value: replay.perSecond, unit: "changes/s" },
      { name: "replay-10000", value: replay.seconds, unit: "s" },
      { name: "replay-10000-pushes", value: replay.pushes, unit: "requests" },
      { name: "replay-10000-pulls", value: replay.pulls, unit: "requests" },
    ];
  } finally {
    await engine.stop();
  }
}

function perSecond(count: number, milliseconds: number): number {
  return (count / milliseconds) * 1000;
}

async function newList(person: ActorCore): Promise<ListId> {
  const listId = person.newId("list");
  await send(person, [{ name: "list.create", args: { listId, name: "목록", color: "ink" } }]);
  return listId;
}

async function send(person: ActorCore, changes: readonly object[]): Promise<void> {
  const mutations = changes.map((change) => ({ mutationId: person.newId("mutation"), seen: 0, ...change }));
  const { outcomes } = await push(person, { deviceId: person.newId("device"), mutations });
  if (outcomes.some(({ outcome }) => outcome !== "accepted")) throw new Error("A change was refused.");
}

function creation(person: ActorCore, listId: ListId) {
  const args = { listId, todoId: person.newId("todo"), content: emptyContent("할 일", "V") };
  return { name: "todo.create", args };
}

/** One after the other, as a list takes them: its numbers are given one by one. */
async function pushes(person: ActorCore, listOf: (n: number) => ListId, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await send(person, [creation(person, listOf(n))]);
}

/** The transaction of one push, written again and again without its conditions. */
function bareTransactions({ table }: TestTable): (count: number) => Promise<void> {
  let n = 0;
  const put = (kind: string, bytes: number) => ({
    Put: { TableName: table.table, Item: { pk: `bare-${kind}`, sk: String(n), text: "x".repeat(bytes) } },
  });
  const check = {
    TableName: table.table,
    Key: { pk: "bare-member", sk: "0" },
    ConditionExpression: "attribute_not_exists(pk)",
  };
  return async (count) => {
    for (let i = 0; i < count; i++, n++) {
      const TransactItems: TransactWriteCommandInput["TransactItems"] = [
        put("list", 300),
        put("todo", 600),
        put("log", 700),
        put("record", 300),
        { ConditionCheck: check },
      ];
      await table.client.send(new TransactWriteCommand({ TransactItems }));
    }
  };
}

/** Ten people at once, each with ten lists. */
async function intoManyLists({ table }: TestTable): Promise<number> {
  const people = await Promise.all(Array.from({ length: 10 }, () => newPerson(table)));
  const owned = await Promise.all(
    people.map(async (person) => {
      const lists: ListId[] = [];
      while (lists.length < manyLists / people.length) lists.push(await newList(person));
      return { person, lists };
    }),
  );
  const each = pushesPerRound / 2;
  const milliseconds = await timeMs(() =>
    Promise.all(
      owned.map(({ person, lists }) => pushes(person, (n) => lists[n % lists.length] as ListId, each)),
    ),
  );
  return perSecond(each * people.length, milliseconds);
}

/** A device that was away: its changes in full pushes, then its pulls until it has everything. */
async function replayed({ table }: TestTable) {
  const person = await newPerson(table);
  const lists = [await newList(person), await newList(person), await newList(person)];
  let [sent, pulls] = [0, 0];
  const pushMs = await timeMs(async () => {
    for (; sent < offlineChanges; sent += mostMutations) {
      const listId = lists[Math.floor((sent / offlineChanges) * lists.length)] as ListId;
      await send(
        person,
        Array.from({ length: mostMutations }, () => creation(person, listId)),
      );
    }
  });
  const pullMs = await timeMs(async () => {
    let cursors: { listId: ListId; seq: number; next?: string }[] = [];
    for (let hasMore = true; hasMore; pulls++) {
      const answer = await pull(person, { lists: cursors });
      hasMore = answer.hasMore;
      const told = new Map(answer.deltas.map((delta) => [delta.list.listId, delta]));
      cursors = lists.map((listId) => {
        const delta = told.get(listId);
        const before = cursors.find((one) => one.listId === listId) ?? { listId, seq: 0 };
        if (!delta) return before;
        return delta.kind === "snapshot" && delta.next !== undefined
          ? { listId, seq: 0, next: delta.next }
          : { listId, seq: delta.to };
      });
    }
  });
  const seconds = (pushMs + pullMs) / 1000;
  return { seconds, pushes: sent / mostMutations, pulls, perSecond: perSecond(sent, pushMs) };
}
