import * as fc from "fast-check";
import type { Table } from "../src/table.ts";
import { checkWorld } from "./sync-invariants.ts";
import type { Fate, Step } from "./sync-steps.ts";
import { type Weakening, World } from "./sync-world.ts";

const device = fc.nat({ max: 2 });
const small = fc.nat({ max: 11 });
const fate = fc.constantFrom<Fate>(
  ...["arrives" as const, "arrives" as const, "arrives" as const],
  ...["request lost" as const, "answer lost" as const, "twice" as const],
  ...["late" as const, "answer late" as const, "interrupted" as const, "interrupted" as const],
);
const edit = fc.constantFrom("create", "create", "update", "update", "toggle", "delete", "restore", "move");
const by = fc.nat({ max: 3 });
const hours = fc.integer({ min: -9_000, max: 9_000 });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ do: edit, device, todo: small, value: small }) as fc.Arbitrary<Step> },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("push" as const), device, fate, by }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("pull" as const), device, fate, by, isCut: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("deliver" as const), which: small }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("crash" as const, "reinstall" as const), device }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("truncate" as const), list: fc.nat({ max: 1 }), keep: small }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("revoke" as const, "readmit" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("skew" as const), device, hours }) },
);

/** What goes wrong most easily takes several steps that chance rarely puts together. */
const story: fc.Arbitrary<Step[]> = fc
  .record({ reader: device, writer: device, list: fc.nat({ max: 1 }) })
  .chain(({ reader, writer, list }) => {
    const write: Step[] = [
      { do: "update", device: writer, todo: 0, value: list },
      { do: "push", device: writer, fate: "arrives", by: 0 },
    ];
    const read = (fate: Fate, isCut = false): Step => ({
      do: "pull",
      device: reader,
      fate,
      by: writer,
      isCut,
    });
    return fc.constantFrom<Step[]>(
      // An answer that comes after a newer one.
      [...write, read("answer late"), ...write, read("arrives"), { do: "deliver", which: 99 }],
      // Somebody is put out while their change is on its way.
      [
        { do: "update", device: 2, todo: 0, value: list },
        { do: "push", device: 2, fate: "interrupted", by: 3 },
      ],
      // A device that is behind the log, while somebody goes on writing.
      [
        ...write,
        { do: "truncate", list, keep: 0 },
        { do: "update", device: writer, todo: 0, value: list },
        read("interrupted"),
        read("arrives", true),
      ],
    );
  });

const schedule = fc
  .array(fc.oneof({ weight: 12, arbitrary: step.map((one) => [one]) }, { weight: 2, arbitrary: story }), {
    minLength: 4,
    maxLength: 24,
  })
  .map((parts) => parts.flat());

/** Whatever the schedule, the guarantees hold. */
export function guaranteesHold(table: Table, weakening?: Weakening) {
  return fc.asyncProperty(schedule, async (steps) => {
    await checkWorld(await World.create(table, weakening), steps);
  });
}
