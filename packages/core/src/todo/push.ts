import type { TransactWriteItem } from "electrodb";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import type { DeviceId, MutationId } from "../id.ts";
import { operation } from "../operation.ts";
import { type BatchRead, readTogether } from "../read-together.ts";
import { commit, inTransaction } from "../transaction.ts";
import { planCreation } from "./list-creation.ts";
import type { Mutation } from "./mutation.contract.ts";
import { type Planned, plan } from "./plan.ts";
import { type Item, readItem, runsOf } from "./run.ts";
import { readScene, writesOf } from "./scene.ts";
import { type Outcome, syncRoutes } from "./sync.contract.ts";
import { mutationRecords } from "./todo.entity.ts";

/**
 * Longer than any device keeps a mutation that it could not send: a record that is gone would
 * let a mutation happen again.
 */
const recordSeconds = 400 * 24 * 60 * 60;
const attempts = 12;

/**
 * Makes the mutations of a device in their order. Those of one list are put together into
 * transactions, each of which is written whole or not at all, and a mutation's record is written
 * with what it does: sent again, it is answered and not done again.
 */
export const push = operation(syncRoutes.push.input, async (core: ActorCore, { deviceId, mutations }) => {
  const outcomes: Outcome[] = [];
  for (const run of runsOf(mutations.map(readItem))) {
    try {
      outcomes.push(...(await commitRun(core, deviceId, run)));
    } catch (error) {
      // What is done is done and is said. The device sends the rest again and meets the error, if it lasts.
      if (outcomes.length === 0) throw error;
      break;
    }
  }
  return { outcomes };
});

/** @throws AppError `unavailable` when the list stays busy */
async function commitRun(core: ActorCore, deviceId: DeviceId, run: readonly Item[]): Promise<Outcome[]> {
  const known = new Map<MutationId, Outcome>();
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const fresh = run.filter(({ mutationId }) => !known.has(mutationId));
    const planned = fresh.length > 0 ? await commitFresh(core, deviceId, fresh) : [];
    if (planned) {
      for (const { outcome } of planned) known.set(outcome.mutationId as MutationId, outcome);
      return run.map(({ mutationId }) => known.get(mutationId) as Outcome);
    }
    // Somebody else changed the list in between, or an earlier sending of the same mutations was written.
    for (const outcome of await readRecords(core, fresh))
      known.set(outcome.mutationId as MutationId, outcome);
    await pause(attempt);
  }
  throw new AppError("unavailable");
}

/** Plans and writes, or answers undefined when a condition did not hold. */
async function commitFresh(
  core: ActorCore,
  deviceId: DeviceId,
  run: readonly Item[],
): Promise<readonly Planned[] | undefined> {
  const at = core.now().toISOString();
  const [first] = run;
  if (first?.mutation?.name === "list.create") {
    const { planned, items } = await planCreation(core, first.mutation, at);
    return (await write(core, [planned], items)) ? [planned] : undefined;
  }
  const mutations = run.flatMap(({ mutation }) => (mutation ? [mutation] : []));
  const scene = await readScene(core, mutations);
  const planned = run.map(({ mutationId, mutation }) =>
    mutation ? plan(scene, deviceId, mutation, at) : malformed(mutationId),
  );
  const changes = planned.flatMap((one) => one.changes);
  return (await write(core, planned, writesOf(core, scene, changes, at))) ? planned : undefined;
}

async function write(
  core: ActorCore,
  planned: readonly Planned[],
  items: readonly TransactWriteItem[],
): Promise<boolean> {
  const expireAt = Math.floor(core.now().getTime() / 1000) + recordSeconds;
  const { accountId } = core.actor;
  const records = planned.map(({ outcome }) =>
    inTransaction(mutationRecords(core))
      .create({ accountId, mutationId: outcome.mutationId as MutationId, outcome, expireAt })
      .commit(),
  );
  return (await commit(core, [...items, ...records])).written;
}

async function readRecords(core: ActorCore, run: readonly Item[]): Promise<Outcome[]> {
  const { accountId } = core.actor;
  const keys = run.map(({ mutationId }) => ({ accountId, mutationId }));
  const Items = await readTogether(core, [mutationRecords(core).get(keys).params<BatchRead>()]);
  const { data } = mutationRecords(core).parse({ Items });
  return data.map(({ outcome }) => outcome);
}

function malformed(mutationId: Mutation["mutationId"]): Planned {
  return { outcome: { mutationId, outcome: "refused", reason: "invalid" }, changes: [] };
}

/** The more often a list was busy, the longer the wait, so that many devices do not meet again. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(5 * 2 ** attempt, 300)));
}
