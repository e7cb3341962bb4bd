import type { ActorCore } from "../src/core.ts";
import { createCore } from "../src/core.ts";
import { type AccountId, accountIdOf, type ListId, type MutationId, type TodoId } from "../src/id.ts";
import type { Table } from "../src/table.ts";
import type { Change } from "../src/todo/mutation.contract.ts";
import { pull } from "../src/todo/pull.ts";
import { push } from "../src/todo/push.ts";
import { type ListDelta, mostMutations, type Outcome } from "../src/todo/sync.contract.ts";
import type { Todo } from "../src/todo/todo.contract.ts";
import { listChanges, listMembers, lists, todos } from "../src/todo/todo.entity.ts";
import { allRules, Device, type PullAnswer, type Rules } from "./device.ts";
import { interruptNext } from "./interruption.ts";
import { baseTime, guestIn, makeLists } from "./sync-lists.ts";
import { changeOf, type Edit, type Fate, type Step } from "./sync-steps.ts";

/** What a test may take away to show that the guarantees need it. */
export interface Weakening {
  readonly rules?: Partial<Rules>;
  /** Changes what the server answers to a pull. */
  readonly answer?: (core: ActorCore, answer: PullAnswer) => Promise<PullAnswer>;
}

interface Sent {
  readonly mutationId: MutationId;
  readonly by: AccountId;
  /** Its place among the devices. */
  readonly device: number;
  readonly change: Change;
}

const batchSize = 3;

/**
 * One account with two devices and a second account with a third, two lists that both may edit,
 * and a network that loses, repeats, delays and reorders. Every request runs the real verbs on the
 * real table engine.
 */
export class World {
  readonly devices: Device[];
  readonly lists: readonly ListId[];
  /** Every mutation that a device has stored, and who made it. */
  readonly sent: Sent[] = [];
  /** What a device was told became of a mutation. */
  readonly told = new Map<string, Outcome>();
  readonly #owner: ActorCore;
  readonly #guest: ActorCore;
  readonly #held: (() => Promise<void> | void)[] = [];
  readonly #skewHours = [0, 0, 0];
  #serverTicks = 0;
  #ids = 0;
  isGuestMember = true;
  /** The lists' numbers at which the guest was put out: nothing of theirs may come after it. */
  revokedAt = new Map<ListId, number>();

  readonly #weakening: Weakening;

  private constructor(
    owner: ActorCore,
    guest: ActorCore,
    lists: readonly ListId[],
    devices: Device[],
    weakening: Weakening,
  ) {
    this.#weakening = weakening;
    this.#owner = owner;
    this.#guest = guest;
    this.lists = lists;
    this.devices = devices;
  }

  static async create(table: Table, weakening: Weakening = {}): Promise<World> {
    const person = () => {
      const accountId = accountIdOf(crypto.randomUUID());
      return createCore({ table, locale: "ko", actor: { accountId, roles: ["reader"] } });
    };
    const owner = person();
    const device = () => new Device(owner.newId("device"), { ...allRules, ...weakening.rules });
    const listIds = [owner.newId("list"), owner.newId("list")];
    const world = new World(owner, person(), listIds, [device(), device(), device()], weakening);
    const copies = await makeLists(owner, world.guestId, listIds);
    for (const device of world.devices)
      for (const copy of copies) device.copies.set(copy.list.listId, { ...copy });
    return world;
  }

  coreOf(device: number): ActorCore {
    const { table, locale, actor } = device === 2 ? this.#guest : this.#owner;
    // The server's clock only ever goes on.
    return createCore({ table, locale, actor, now: () => new Date(baseTime + ++this.#serverTicks) });
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case "push":
        return this.send(step.device, step.fate, step.by, () => this.push(step.device));
      case "pull":
        return this.send(step.device, step.fate, step.by, () => this.pull(step.device, step.isCut));
      case "deliver":
        // A number beyond the last one stands for the last one.
        await this.#held.splice(Math.min(step.which, this.#held.length - 1), 1)[0]?.();
        return;
      case "crash":
        this.devices[step.device]?.crash();
        return;
      case "reinstall":
        this.reinstall(step.device);
        return;
      case "truncate":
        return this.truncate(this.lists[step.list] as ListId, step.keep);
      case "revoke":
        return this.revoke();
      case "readmit":
        return this.admit();
      case "skew":
        this.#skewHours[step.device] = step.hours;
        return;
      default:
        this.edit(step);
    }
  }

  /** All devices reach the server until nothing is left to say. */
  async comeToRest(): Promise<void> {
    for (const held of this.#held.splice(0)) await held();
    for (const device of this.devices.keys()) await this.pushAll(device);
    await Promise.all([...this.devices.keys()].map((device) => this.pullAll(device)));
  }

  private async pushAll(index: number): Promise<void> {
    while (this.devices[index]?.batch(1).length) (await this.push(index, mostMutations))();
  }

  private async pullAll(index: number): Promise<void> {
    let hasMore = true;
    while (hasMore) hasMore = await this.pullOnce(index);
  }

  /** What the table says, deleted todos left out. */
  async truth(listId: ListId): Promise<Map<TodoId, Todo>> {
    const { data } = await todos(this.#owner).query.byList({ listId }).go({ consistent: true, pages: "all" });
    return new Map(data.map(({ todoId, todo }) => [todoId, todo]));
  }

  async history(listId: ListId) {
    const { data } = await listChanges(this.#owner)
      .query.byList({ listId })
      .go({ consistent: true, pages: "all" });
    return data;
  }

  get ownerId(): AccountId {
    return this.#owner.actor.accountId;
  }

  get guestId(): AccountId {
    return this.#guest.actor.accountId;
  }

  private edit(step: Edit): void {
    const device = this.devices[step.device] as Device;
    const [listId, otherListId] = [0, 1].map((next) => this.lists[(step.value + next) % 2] as ListId) as [
      ListId,
      ListId,
    ];
    const seen = [...device.view(listId).values()].filter(({ movedTo }) => movedTo === null);
    const todoId = seen[step.todo % (seen.length || 1)]?.todoId;
    const newTodoId = this.#owner.newId("todo");
    const change = changeOf(step, { listId, otherListId, todoId, newTodoId, title: `제목 ${++this.#ids}` });
    if (!change) return;
    const mutationId = this.#owner.newId("mutation");
    const madeAt = new Date(baseTime + (this.#skewHours[step.device] ?? 0) * 3_600_000).toISOString();
    device.make(change, mutationId, madeAt);
    const by = step.device === 2 ? this.guestId : this.ownerId;
    this.sent.push({ mutationId, by, device: step.device, change });
  }

  /** A device whose storage was wiped while its app was open: it sends what it still has under a new name. */
  private reinstall(index: number): void {
    const old = this.devices[index] as Device;
    const device = new Device(this.#owner.newId("device"), { ...allRules, ...this.#weakening.rules });
    for (const { mutation, madeAt, state } of old.log)
      if (state !== "refused") device.make(mutation, mutation.mutationId, madeAt);
    this.devices[index] = device;
  }

  /** Runs a request now or later; what it answers is told to the device now, later or never. */
  private async send(
    device: number,
    fate: Fate,
    by: number,
    request: () => Promise<() => void>,
  ): Promise<void> {
    if (fate === "request lost") return;
    if (fate === "late") return void this.#held.push(async () => (await request())());
    if (fate === "interrupted") {
      await interruptNext(
        this.#owner.table,
        () => request().then((tell) => tell()),
        () => this.interrupt(by, device),
      );
      return;
    }
    const tell = await request();
    if (fate === "twice") await request();
    if (fate === "answer lost") return;
    if (fate === "answer late") return void this.#held.push(tell);
    tell();
  }

  /** In that moment somebody else changes the same list, or the guest is put out. */
  private async interrupt(by: number, interrupted: number): Promise<void> {
    if (by === 3) return this.revoke();
    const [next] = this.devices[interrupted]?.batch(1) ?? [];
    const value = next ? this.lists.indexOf(next.args.listId) : 0;
    this.edit({ do: "update", device: by, todo: 0, value });
    (await this.push(by))();
  }

  /** Sends the next batch. The result tells the device the answer. */
  private async push(index: number, most = batchSize): Promise<() => void> {
    const device = this.devices[index] as Device;
    const mutations = device.batch(most);
    if (mutations.length === 0) return () => {};
    const sent = mutations.map((mutation) => ({ ...mutation }));
    const { outcomes } = await push(this.coreOf(index), { deviceId: device.deviceId, mutations: sent });
    return () => {
      for (const outcome of outcomes) this.told.set(outcome.mutationId, outcome);
      device.takeOutcomes(outcomes);
    };
  }

  private async pull(index: number, isCut: boolean): Promise<() => void> {
    const device = this.devices[index] as Device;
    const { lists, accepted } = device.question();
    const whole = await this.ask(index, lists);
    const answer = isCut ? { ...whole, deltas: whole.deltas.map(cut) } : whole;
    return () => device.takeAnswer(answer, accepted);
  }

  private async pullOnce(index: number): Promise<boolean> {
    const device = this.devices[index] as Device;
    const { lists, accepted } = device.question();
    const answer = await this.ask(index, lists);
    device.takeAnswer(answer, accepted);
    return answer.hasMore;
  }

  private async ask(index: number, lists: ReturnType<Device["question"]>["lists"]): Promise<PullAnswer> {
    const core = this.coreOf(index);
    const answer = await pull(core, { lists });
    return this.#weakening.answer ? this.#weakening.answer(core, answer) : answer;
  }

  private async truncate(listId: ListId, keep: number): Promise<void> {
    const history = await this.history(listId);
    const doomed = history.slice(0, Math.max(0, history.length - keep)).map(({ seq }) => ({ listId, seq }));
    this.forgotten.push(...history.slice(0, doomed.length));
    if (doomed.length > 0) await listChanges(this.#owner).delete(doomed).go();
  }

  /** Entries that were taken out of the log, for the tests to know them. */
  readonly forgotten: Awaited<ReturnType<World["history"]>> = [];

  private async revoke(): Promise<void> {
    const members = this.lists.map((listId) => ({ accountId: this.guestId, listId }));
    await listMembers(this.#owner).delete(members).go();
    if (this.isGuestMember) {
      const { data } = await lists(this.#owner)
        .get(this.lists.map((listId) => ({ listId })))
        .go({ consistent: true });
      for (const { listId, seq } of data) this.revokedAt.set(listId, seq);
    }
    this.isGuestMember = false;
  }

  private async admit(): Promise<void> {
    this.isGuestMember = true;
    this.revokedAt.clear();
    await listMembers(this.#owner)
      .put(this.lists.map((listId) => guestIn(listId, this.guestId)))
      .go();
  }
}

function cut(delta: ListDelta): ListDelta {
  const [first] = delta.kind === "changes" ? delta.changes : [];
  return delta.kind === "changes" && first ? { ...delta, to: first.seq, changes: [first] } : delta;
}
