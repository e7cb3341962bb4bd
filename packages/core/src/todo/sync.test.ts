import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectLean } from "../../test/lean-table.ts";
import { guaranteesHold } from "../../test/schedules.ts";
import { checkWorld } from "../../test/sync-invariants.ts";
import type { Fate, Step } from "../../test/sync-steps.ts";
import { type Weakening, World } from "../../test/sync-world.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { entityOf, weakenTable, withoutCondition } from "../../test/weakened-table.ts";
import type { Table } from "../table.ts";
import { type Copy, updateOf } from "./replica.contract.ts";
import type { ListDelta } from "./sync.contract.ts";
import { listChanges } from "./todo.entity.ts";

// biome-ignore lint/style/noProcessEnv: how long to search, and where to begin, is for whoever runs the test to say.
const { SYNC_SCHEDULES, SYNC_SEED } = process.env;
const schedules = Number(SYNC_SCHEDULES ?? 500);
const seed = Number(SYNC_SEED ?? Date.now() % 1_000_000_000);
const anHourMilliseconds = 3_600_000;

let engine: TestTable;
const connections: { close(): void }[] = [];
beforeAll(async () => {
  engine = await startTable();
});
afterAll(async () => {
  for (const connection of connections) connection.close();
  await engine.stop();
});

/** The same table through a client of its own, which a test may bend. */
function ownConnection(): Table {
  const table = connectLean(engine.table.table, engine.url);
  connections.push(table);
  return table;
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

test("an edit of a todo that somebody moved away meanwhile is refused, and its device is told why", async () => {
  const world = await World.create(engine.table);
  await checkWorld(world, [
    { do: "update", device: 2, todo: 0, value: 1 },
    { do: "move", device: 0, todo: 0, value: 1 },
    push(0),
    pull(2),
    push(2),
  ]);
  const [edit] = world.sent;
  expect(world.told.get(edit?.mutationId ?? "")).toMatchObject({ outcome: "refused", reason: "moved" });
});

/** The owner's second device changes the first todo of the first list, and the change arrives. */
const write: readonly Step[] = [{ do: "update", device: 1, todo: 0, value: 0 }, push(1)];

function push(device: number, fate: Fate = "arrives", by = 0): Step {
  return { do: "push", device, fate, by };
}

function pull(device: number, fate: Fate = "arrives", by = 0, isCut = false): Step {
  return { do: "pull", device, fate, by, isCut };
}

interface Guard {
  readonly name: string;
  readonly weaken?: (table: Table) => void;
  readonly weakening?: Weakening;
  /** The shortest schedule that needs the guard. */
  readonly schedule: readonly Step[];
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
    schedule: [{ do: "update", device: 0, todo: 0, value: 0 }, push(0, "twice")],
  },
  {
    name: "a list's number is taken only once",
    weaken: (table) =>
      weakenTable(table, (item) => (entityOf(item) === "todoList" ? withoutCondition(item) : item)),
    schedule: [{ do: "update", device: 0, todo: 0, value: 0 }, push(0, "interrupted", 1)],
  },
  {
    name: "the member's right is checked with the write",
    weaken: (table) => weakenTable(table, (item) => (item.ConditionCheck ? undefined : item)),
    schedule: [{ do: "update", device: 2, todo: 0, value: 0 }, push(2, "interrupted", 3)],
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
    schedule: [...write, { do: "truncate", list: 0, keep: 0 }],
  },
  {
    name: "an answer to another state says nothing",
    weakening: withUpdate((copy, delta) => updateOf(copy, { ...delta, from: copy?.seq ?? 0 })),
    schedule: [...write, pull(0, "answer late"), ...write, pull(0), { do: "deliver", which: 0 }],
  },
  {
    name: "the newer state of a todo stays",
    weakening: withUpdate(everything),
    schedule: [
      ...write,
      { do: "truncate", list: 0, keep: 0 },
      { do: "update", device: 1, todo: 0, value: 0 },
      pull(0, "interrupted", 1),
      pull(0, "arrives", 0, true),
    ],
  },
  {
    name: "an accepted change stays in the log until the copy has it",
    weakening: { rules: { isReflected: ({ state }) => state === "accepted" } },
    schedule: write,
  },
];

test.each(guards)("$name: a schedule that needs it keeps the guarantees", async ({ schedule }) => {
  await checkWorld(await World.create(engine.table), schedule);
});

test.each(guards)(
  "without the guard that $name, that schedule breaks a guarantee",
  async ({ weaken, weakening, schedule }) => {
    const table = ownConnection();
    weaken?.(table);
    const world = await World.create(table, weakening);
    await expect(checkWorld(world, schedule)).rejects.toThrow();
  },
);
