import { expect } from "vitest";
import type { ListId, TodoId } from "../src/id.ts";
import { changeTodo, movedTodo, type TodoChange } from "../src/todo/mutation.contract.ts";
import type { Outcome } from "../src/todo/sync.contract.ts";
import type { Todo } from "../src/todo/todo.contract.ts";
import { mutationRecords } from "../src/todo/todo.entity.ts";
import type { Device } from "./device.ts";
import type { Step } from "./sync-steps.ts";
import type { World } from "./sync-world.ts";

type Seen = Map<string, number>;

/** Takes the steps and holds every guarantee of docs/sync.md against each of them and against the end. */
export async function checkWorld(world: World, steps: readonly Step[]): Promise<void> {
  const seen: Seen[] = world.devices.map(() => new Map());
  for (const step of steps) {
    await world.take(step);
    for (const [index, device] of world.devices.entries()) {
      if (step.do === "reinstall" || !device) seen[index] = new Map();
      expectMonotonic(device, seen[index] as Seen);
      expectOwnChangesToStand(world, index);
    }
  }
  await world.comeToRest();
  await expectRest(world);
}

/** Neither a list nor a todo ever goes back to an earlier state. A list that was left begins anew. */
function expectMonotonic(device: Device, seen: Seen): void {
  for (const key of seen.keys()) {
    const [listId] = key.split("/");
    if (!device.copies.has(listId as ListId)) seen.delete(key);
  }
  for (const [listId, copy] of device.copies) {
    expect(copy.seq, "a list's number never goes back").toBeGreaterThanOrEqual(seen.get(listId) ?? 0);
    seen.set(listId, copy.seq);
    for (const [todoId, { seq }] of copy.todos) {
      const key = `${listId}/${todoId}`;
      expect(seq, "a todo never goes back").toBeGreaterThanOrEqual(seen.get(key) ?? 0);
      seen.set(key, seq);
    }
  }
}

/** The last value that the person gave a field here is what they see, until the server has numbered and told it. */
function expectOwnChangesToStand(world: World, index: number): void {
  const device = world.devices[index] as Device;
  const last = new Map<string, { field: string; value: unknown; listId: ListId; todoId: TodoId }>();
  for (const { mutationId, device: maker, change } of world.sent) {
    const outcome = world.told.get(mutationId);
    if (maker !== index || outcome?.outcome === "refused" || !("todoId" in change.args)) continue;
    const { listId, todoId } = change.args;
    const key = `${listId}/${todoId}`;
    if (change.name !== "todo.update") {
      // A move says anew what the todo is where it comes to.
      for (const known of last.keys()) if (known.includes(todoId)) last.delete(known);
      continue;
    }
    const isNumbered =
      (device.copies.get(listId)?.todos.get(todoId)?.seq ?? 0) >=
      (outcome?.seqs[listId] ?? Number.POSITIVE_INFINITY);
    for (const [field, value] of Object.entries(change.args.patch)) {
      if (isNumbered) last.delete(`${key}/${field}`);
      else last.set(`${key}/${field}`, { field, value, listId, todoId });
    }
  }
  for (const { field, value, listId, todoId } of last.values()) {
    const todo = device.view(listId).get(todoId);
    // Whoever moved the todo away came first: the change is going to be refused, and reported.
    if (!todo || todo.movedTo !== null) continue;
    expect(todo[field as keyof Todo], "one's own change is never undone").toEqual(value);
  }
}

async function expectRest(world: World): Promise<void> {
  const applied = new Map<string, Set<ListId>>();
  const histories = new Map<ListId, History>();
  for (const listId of world.lists) {
    const entries = [
      ...world.forgotten.filter((entry) => entry.listId === listId),
      ...(await world.history(listId)),
    ];
    histories.set(
      listId,
      entries.sort((a, b) => a.seq - b.seq),
    );
  }
  for (const [listId, all] of histories) {
    const truth = await world.truth(listId);
    expectModel(world, listId, histories);
    expect(
      all.map(({ seq }) => seq),
      "the log has every number once",
    ).toEqual(all.map((_, index) => index + 2));
    for (const { mutationId, seq } of all) {
      const lists = applied.get(mutationId) ?? new Set();
      expect(lists.has(listId), "a mutation happens at most once").toBe(false);
      applied.set(mutationId, lists.add(listId));
      const isGuests = world.sent.some((one) => one.mutationId === mutationId && one.by === world.guestId);
      const revokedAt = world.revokedAt.get(listId) ?? Number.POSITIVE_INFINITY;
      expect(isGuests && seq > revokedAt, "nothing of a revoked member is accepted").toBe(false);
    }
    for (const [todoId, todo] of truth) {
      const last = all.filter((entry) => entry.todo?.todoId === todoId).at(-1);
      expect(last?.todo, "the log ends in the table's state").toEqual(todo);
    }
    for (const [index, device] of world.devices.entries())
      expectConverged(world, device, index, listId, truth);
  }
  await expectEveryMutationToBeAnswered(world, applied);
}

function expectConverged(
  world: World,
  device: Device,
  index: number,
  listId: ListId,
  truth: ReadonlyMap<TodoId, Todo>,
): void {
  if (index === 2 && !world.isGuestMember) {
    expect(device.copies.has(listId), "a revoked member keeps nothing").toBe(false);
    return;
  }
  const sorted = (todos: Iterable<Todo>) => [...todos].sort((a, b) => (a.todoId < b.todoId ? -1 : 1));
  expect(sorted(device.view(listId).values()), "every device shows what the table says").toEqual(
    sorted(truth.values()),
  );
}

/** Accepted and in the log, or refused and told: nothing that a device stored is dropped in silence. */
async function expectEveryMutationToBeAnswered(
  world: World,
  applied: ReadonlyMap<string, ReadonlySet<ListId>>,
): Promise<void> {
  for (const device of world.devices) {
    expect(
      device.log.filter(({ state }) => state !== "refused"),
      "nothing waits",
    ).toEqual([]);
  }
  const records = await recordsOf(world);
  for (const { mutationId } of world.sent) {
    const isRefused = world.told.get(mutationId)?.outcome === "refused";
    const record = records.get(mutationId);
    expect(record?.outcome, "a mutation has a record of what became of it").toBe(
      isRefused ? "refused" : "accepted",
    );
    if (isRefused) expect(applied.has(mutationId), "what was refused did not happen").toBe(false);
    else expect(applied.has(mutationId), "what was not refused happened").toBe(true);
  }
}

async function recordsOf(world: World): Promise<Map<string, Outcome>> {
  const keys = world.sent.map(({ mutationId, by }) => ({ accountId: by, mutationId }));
  if (keys.length === 0) return new Map();
  const { data } = await mutationRecords(world.coreOf(0)).get(keys).go({ consistent: true });
  return new Map(data.map(({ mutationId, outcome }) => [mutationId, outcome]));
}

type History = Awaited<ReturnType<World["history"]>>;

/** Each entry of a log is what the change makes of the entry before it: a plain model of the whole protocol. */
function expectModel(world: World, listId: ListId, histories: ReadonlyMap<ListId, History>): void {
  const before = (list: ListId, todoId: string, seq: number) =>
    (histories.get(list) ?? []).filter((entry) => entry.todo?.todoId === todoId && entry.seq < seq).at(-1)
      ?.todo;
  for (const { mutationId, seq, at, todo } of histories.get(listId) ?? []) {
    const change = world.sent.find((sent) => sent.mutationId === mutationId)?.change;
    if (!change?.name.startsWith("todo.") || !todo) continue;
    const isArrival = change.name === "todo.move" && change.args.toListId === listId;
    const from = change.args.listId;
    const fromSeq = (histories.get(from) ?? []).find((entry) => entry.mutationId === mutationId)?.seq ?? 0;
    const was = before(isArrival ? from : listId, todo.todoId, isArrival ? fromSeq : seq);
    const expected =
      isArrival && was ? movedTodo(was, change, at) : changeTodo(was, change as TodoChange, at);
    expect(todo, "a change does what it says").toEqual({ ...expected, seq });
  }
}
