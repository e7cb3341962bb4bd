import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guaranteesHold } from "../../test/schedules.ts";
import type { Weakening } from "../../test/sync-world.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { entityOf, weakenTable, withoutCondition } from "../../test/weakened-table.ts";
import { connectTable, type Table } from "../table.ts";
import { type Copy, updateOf } from "./replica.contract.ts";
import type { ListDelta } from "./sync.contract.ts";
import { listChanges } from "./todo.entity.ts";

// biome-ignore lint/style/noProcessEnv: how long to search, and where to begin, is for whoever runs the test to say.
const { SYNC_SCHEDULES, SYNC_SEED } = process.env;
const schedules = Number(SYNC_SCHEDULES ?? 500);
const seed = Number(SYNC_SEED ?? Date.now() % 1_000_000_000);
/** A search that ran this long without a failure has not found the need for a guard. */
const mostWeakenedSchedules = 1_500;
const anHourMilliseconds = 3_600_000;

let engine: TestTable;
const clients: DynamoDBClient[] = [];
beforeAll(async () => {
  engine = await startTable();
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await engine.stop();
});

/** The same table through a client of its own, which a test may bend. */
function ownConnection(): Table {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint: engine.url, region: "us-east-1", credentials });
  clients.push(client);
  return connectTable(engine.table.table, client);
}

test(
  `in ${schedules} schedules of a hostile network (seed ${seed}) the guarantees of docs/sync.md hold`,
  async () => {
    // Two searches side by side, since one waits for the engine most of the time.
    const halves = [seed, seed + 1].map((own) =>
      fc.assert(guaranteesHold(ownConnection()), { numRuns: Math.ceil(schedules / 2), seed: own }),
    );
    await Promise.all(halves);
    expect(halves).toHaveLength(2);
  },
  anHourMilliseconds,
);

interface Guard {
  readonly name: string;
  readonly weaken?: (table: Table) => void;
  readonly weakening?: Weakening;
}

const withUpdate = (rule: typeof updateOf): Weakening => ({ rules: { updateOf: rule } });
const everything = (copy: Copy | undefined, delta: ListDelta) => {
  const update = updateOf(copy, delta);
  if (!update || delta.kind !== "changes") return update;
  return { ...update, todos: delta.changes.flatMap(({ todo }) => todo ?? []) };
};

const guards: readonly Guard[] = [
  {
    name: "a mutation's record is written only once",
    weaken: (table) =>
      weakenTable(table, (item) => (entityOf(item) === "mutationRecord" ? withoutCondition(item) : item)),
  },
  {
    name: "a list's number is taken only once",
    weaken: (table) =>
      weakenTable(table, (item) => (entityOf(item) === "todoList" ? withoutCondition(item) : item)),
  },
  {
    name: "the member's right is checked with the write",
    weaken: (table) => weakenTable(table, (item) => (item.ConditionCheck ? undefined : item)),
  },
  {
    name: "a log with a gap is no answer",
    weakening: {
      answer: async (core, answer) => ({
        ...answer,
        deltas: await Promise.all(
          answer.deltas.map(async (delta): Promise<ListDelta> => {
            if (delta.kind === "changes" || delta.from === 0) return delta;
            const { list, from, to } = delta;
            const { data } = await listChanges(core)
              .query.byList(list)
              .gt({ seq: from })
              .go({ consistent: true });
            return { kind: "changes", list, from, to, changes: data };
          }),
        ),
      }),
    },
  },
  {
    name: "an answer to another state says nothing",
    weakening: withUpdate((copy, delta) => updateOf(copy, { ...delta, from: copy?.seq ?? 0 })),
  },
  { name: "the newer state of a todo stays", weakening: withUpdate(everything) },
  {
    name: "an accepted change stays in the log until the copy has it",
    weakening: { rules: { isReflected: ({ state }) => state === "accepted" } },
  },
];

test.each(guards)(
  "without the guard that $name, a schedule breaks a guarantee",
  async ({ weaken, weakening }) => {
    const table = ownConnection();
    weaken?.(table);
    const found = await fc.check(guaranteesHold(table, weakening), {
      numRuns: mostWeakenedSchedules,
      seed: 1,
      endOnFailure: true,
    });
    expect(found.failed).toBe(true);
  },
  anHourMilliseconds,
);
