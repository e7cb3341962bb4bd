import { ApiError } from "@haru/core/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ActorCore } from "../packages/core/src/core.ts";
import { AppError } from "../packages/core/src/errors.ts";
import { create, readDraft, update } from "../packages/core/src/post/draft.ts";
import { newPerson } from "../packages/core/test/people.ts";
import { startTable, type TestTable } from "../packages/core/test/table.ts";
import { Autosave, type DraftServer } from "../packages/web/features/draft/autosave.ts";
import { type CopyStore, type DeviceCopy, deviceDraft } from "../packages/web/features/draft/device-draft.ts";
import { type DraftFields, emptyFields } from "../packages/web/features/draft/draft-fields.ts";
import { recover, type StoredDraft } from "../packages/web/features/draft/recovery.ts";

/**
 * One author with two devices writes one post while everything goes wrong at random moments: the
 * network is cut before a save arrives or before its answer does, the session expires, a tab is killed
 * and opened again, the other device saves first. The autosave, the copies on the devices, the recovery
 * and the server's verbs and table are the real ones; only time and the wire are the test's.
 *
 * LOST_TEXT_SCHEDULES runs more schedules than the build does, LOST_TEXT_SEED another sequence of them.
 */
const schedules = Number(process.env.LOST_TEXT_SCHEDULES ?? 100);
const firstSeed = Number(process.env.LOST_TEXT_SEED ?? 1);
const steps = 40;

let engine: TestTable;
let author: ActorCore;
beforeAll(async () => {
  engine = await startTable();
  author = await newPerson(engine.table);
});
afterAll(() => engine.stop());

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface World {
  readonly random: () => number;
  readonly slug: string;
  postId: string | undefined;
  /** Tokens that somebody saw in a difference and chose to give up. */
  readonly givenUp: Set<string>;
  /** The device whose save the server took last, to tell true conflicts from false ones. */
  lastSavedBy: Device | undefined;
  falseConflicts: number;
  conflicts: number;
}

const tokensIn = (text: string) => new Set(text.match(/⟨\d+⟩/g) ?? []);

/** A browser: what it keeps outlives its tabs. */
class Device {
  readonly world: World;
  readonly name: string;
  copy: DeviceCopy | undefined;
  tab: Tab | undefined;
  isOnline = true;
  isSignedIn = true;
  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
  }
}

/** Timers that run when the schedule says that time has passed. */
class Tab {
  readonly #device: Device;
  readonly autosave: Autosave;
  readonly #timers = new Set<() => void>();
  isAlive = true;

  constructor(device: Device, stored: StoredDraft | undefined) {
    this.#device = device;
    const { copy } = device;
    const opening = copy
      ? recover(stored, copy).opening
      : { fields: stored?.fields ?? { ...emptyFields, slug: device.world.slug }, saved: stored };
    const keeper: CopyStore = {
      write: async (next) => {
        if (this.isAlive) device.copy = next;
      },
      remove: async () => {
        if (this.isAlive) device.copy = undefined;
      },
    };
    this.autosave = new Autosave(
      this.#server(),
      deviceDraft(keeper, (error) => {
        throw error;
      }),
      opening,
      (_, run) => {
        this.#timers.add(run);
        return () => this.#timers.delete(run);
      },
    );
  }

  /** Nothing is said to the tab: it simply does not go on. */
  kill(): void {
    this.isAlive = false;
    this.#timers.clear();
  }

  async passTime(): Promise<void> {
    const due = [...this.#timers];
    this.#timers.clear();
    for (const run of due) run();
    await this.settle();
  }

  /** Until the save that is under way has ended. */
  async settle(): Promise<void> {
    for (let wait = 0; wait < 500 && this.autosave.status().state === "saving"; wait++)
      await new Promise((resolve) => setTimeout(resolve, 1));
  }

  #server(): DraftServer {
    const send = async <T extends { postId: string; revision: number }>(save: () => Promise<T>) => {
      const { random } = this.#device.world;
      if (!this.isAlive) await new Promise(() => {});
      if (!this.#device.isOnline) throw new TypeError("Failed to fetch");
      if (!this.#device.isSignedIn) throw new ApiError("unauthenticated", "", { status: 401 });
      if (random() < 0.1) throw new ApiError("unavailable", "lost on the way there", {});
      const before = this.#device.world.lastSavedBy;
      try {
        const { postId, revision } = await save();
        this.#device.world.lastSavedBy = this.#device;
        this.#device.world.postId = postId;
        if (random() < 0.15) throw new ApiError("unavailable", "lost on the way back", {});
        if (!this.isAlive) await new Promise(() => {});
        return { postId, revision };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.code === "conflict" && !error.fields) {
          this.#device.world.conflicts++;
          if (before === this.#device) this.#device.world.falseConflicts++;
        }
        throw new ApiError(error.code, error.code, { status: 409, fields: error.fields });
      }
    };
    const asSent = (fields: DraftFields) => ({ ...fields, title: "글", tags: [...fields.tags] });
    return {
      create: (fields, idempotencyKey) =>
        send(() => create(author, { lang: "ko", idempotencyKey, ...asSent(fields) })),
      update: ({ postId, revision }, fields, { keepReplaced }) =>
        send(() =>
          update(author, { postId: postId as `pst_${string}`, revision, keepReplaced, ...asSent(fields) }),
        ),
    };
  }
}

async function readStored(world: World): Promise<StoredDraft | undefined> {
  if (!world.postId) return undefined;
  const draft = await readDraft(author, { postId: world.postId as `pst_${string}` });
  const { postId, revision, slug, description, tags, settings, markdown } = draft;
  return { postId, revision, fields: { title: "", slug, description, tags, settings, markdown } };
}

async function open(device: Device): Promise<Tab> {
  device.tab = new Tab(device, await readStored(device.world));
  return device.tab;
}

/** Somebody looks at the difference and goes on with one of the two. */
async function choose(device: Device, tab: Tab): Promise<void> {
  const { world } = device;
  const theirs = await readStored(world);
  if (!theirs) throw new Error("There is a conflict with nothing.");
  const mine = tokensIn(tab.autosave.fields.markdown);
  const others = tokensIn(theirs.fields.markdown);
  if (world.random() < 0.5) {
    for (const token of others) if (!mine.has(token)) world.givenUp.add(token);
    await tab.autosave.keepMine(theirs);
    await tab.settle();
  } else {
    for (const token of mine) if (!others.has(token)) world.givenUp.add(token);
    tab.autosave.takeTheirs(theirs, theirs.fields);
  }
}

async function play(seed: number) {
  const random = randomFrom(seed);
  const world: World = {
    random,
    slug: `lost-${seed}`,
    postId: undefined,
    givenUp: new Set(),
    lastSavedBy: undefined,
    falseConflicts: 0,
    conflicts: 0,
  };
  const devices = [new Device(world, "laptop"), new Device(world, "phone")] as const;
  const written = new Set<string>();
  let tokens = 0;

  for (let step = 0; step < steps; step++) {
    // The other device joins once the post is there; one schedule in two has only one device.
    const mayJoin = seed % 2 === 0 && world.postId !== undefined;
    const device = mayJoin && random() < 0.4 ? devices[1] : devices[0];
    const tab = device.tab?.isAlive ? device.tab : await open(device);
    if (tab.autosave.status().state === "conflict" && random() < 0.5) await choose(device, tab);
    const dice = random();
    if (dice < 0.45) {
      const token = `⟨${++tokens}⟩`;
      written.add(token);
      const { fields } = tab.autosave;
      tab.autosave.change({ ...fields, markdown: `${fields.markdown}${token}` });
      // Nobody kills a tab sooner after a keystroke than the device takes to write it down.
      await new Promise((resolve) => setImmediate(resolve));
    } else if (dice < 0.7) await tab.passTime();
    else if (dice < 0.8) {
      // Killed at any moment, also in the middle of a save.
      if (random() < 0.5) tab.passTime();
      tab.kill();
    } else if (dice < 0.9) device.isOnline = !device.isOnline;
    else device.isSignedIn = !device.isSignedIn;
  }

  // At last everything works again, and somebody looks after each device.
  for (let round = 0; round < 3; round++) {
    for (const device of devices) {
      if (!device.tab && !device.copy) continue;
      device.isOnline = true;
      device.isSignedIn = true;
      const tab = device.tab?.isAlive ? device.tab : await open(device);
      for (let tries = 0; tries < 50 && (tab.autosave.isUnsaved || tries === 0); tries++) {
        await tab.autosave.saveNow();
        if (tab.autosave.status().state === "conflict") await choose(device, tab);
      }
      expect(tab.autosave.isUnsaved).toBe(false);
    }
  }
  const stored = tokensIn((await readStored(world))?.fields.markdown ?? "");
  const lost = [...written].filter((token) => !stored.has(token) && !world.givenUp.has(token));
  return { lost, written: written.size, ...world };
}

test(`${schedules} schedules of crashes, cut networks, expired sessions and second devices: no character is lost, and no device is in conflict with itself`, async () => {
  const sum = { written: 0, conflicts: 0, lost: 0, falseConflicts: 0 };
  for (let seed = firstSeed; seed < firstSeed + schedules; seed++) {
    const { lost, written, conflicts, falseConflicts } = await play(seed);
    expect({ seed, lost, falseConflicts }).toEqual({ seed, lost: [], falseConflicts: 0 });
    sum.written += written;
    sum.conflicts += conflicts;
  }
  // The schedules are of use only when texts were written and devices did meet.
  expect(sum.written).toBeGreaterThan(schedules * 5);
  expect(sum.conflicts).toBeGreaterThan(schedules / 20);
}, 300_000);
