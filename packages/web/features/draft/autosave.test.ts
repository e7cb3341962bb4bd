import { ApiError } from "@haru/core/client";
import type { ErrorCode } from "@haru/core/errors";
import { expect, test } from "vitest";
import { Autosave, type DraftServer, type SavedDraft } from "./autosave.ts";
import type { DeviceCopy } from "./device-draft.ts";
import { type DraftFields, emptyFields } from "./draft-fields.ts";

const empty: DraftFields = { ...emptyFields, slug: "a" };
const written = (markdown: string): DraftFields => ({ ...empty, markdown });

/** Time that passes only when a test says so. */
function clock() {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    schedule: (milliseconds: number, run: () => void) => {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(milliseconds: number) {
      await settle();
      const end = now + milliseconds;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = next.at;
        timers.delete(next);
        next.run();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A server that checks revisions like the real one, and whose answers a test may hold back or refuse. */
function server() {
  let stored: { revision: number; fields: DraftFields } | undefined;
  const keys: string[] = [];
  const state = {
    saves: [] as DraftFields[],
    keys,
    refuseWith: undefined as { code: ErrorCode; fields?: Record<string, string[]> } | undefined,
    hold: undefined as Promise<void> | undefined,
    elsewhere: () => {
      if (stored) stored = { ...stored, revision: stored.revision + 1 };
    },
    stored: () => stored,
  };
  const answer = async (fields: DraftFields): Promise<SavedDraft> => {
    await state.hold;
    if (state.refuseWith)
      throw new ApiError(state.refuseWith.code, "no", { fields: state.refuseWith.fields });
    stored = { revision: (stored?.revision ?? 0) + 1, fields };
    state.saves.push(fields);
    return { postId: "pst_1", revision: stored.revision };
  };
  const adapter: DraftServer = {
    create: (fields, key) => {
      keys.push(key);
      return answer(fields);
    },
    update: async ({ revision }, fields) => {
      await state.hold;
      if (revision !== stored?.revision) throw new ApiError("conflict", "changed elsewhere", {});
      return answer(fields);
    },
  };
  return { ...adapter, state };
}

function start() {
  const time = clock();
  const fake = server();
  const device: { copy: DeviceCopy | undefined } = { copy: undefined };
  const keeper = {
    async keep(copy: DeviceCopy) {
      device.copy = copy;
    },
    async forget() {
      device.copy = undefined;
    },
  };
  const autosave = new Autosave(fake, keeper, { fields: empty, saved: undefined }, time.schedule);
  return { time, state: fake.state, autosave, device };
}

test("a pause saves what was written, once", async () => {
  const { time, state, autosave } = start();
  for (const markdown of ["a", "ab", "abc"]) {
    autosave.change(written(markdown));
    await time.pass(300);
  }
  expect(state.saves).toEqual([]);
  await time.pass(800);
  expect(state.saves.map(({ markdown }) => markdown)).toEqual(["abc"]);
  expect(autosave.status().state).toBe("saved");
});

test("somebody who never pauses is saved within four seconds all the same", async () => {
  const { time, state, autosave } = start();
  for (let n = 0; n < 30; n++) {
    autosave.change(written("x".repeat(n + 1)));
    await time.pass(200);
  }
  expect(state.saves.length).toBeGreaterThan(0);
});

test("what is written during a save is saved next, on the new revision, without a conflict", async () => {
  const { time, state, autosave } = start();
  let release = () => {};
  state.hold = new Promise((resolve) => {
    release = resolve;
  });
  autosave.change(written("first"));
  await time.pass(800);
  autosave.change(written("second"));
  await time.pass(5_000);
  state.hold = undefined;
  release();
  await time.pass(5_000);
  expect(state.saves.map(({ markdown }) => markdown)).toEqual(["first", "second"]);
  expect(autosave.status()).toMatchObject({ state: "saved", saved: { revision: 2 } });
});

test("an unreachable server is tried again until it answers, under one key, and nothing is lost", async () => {
  const { time, state, autosave } = start();
  state.refuseWith = { code: "unavailable" };
  autosave.change(written("kept"));
  await time.pass(10_000);
  expect(autosave.status().state).toBe("waiting");
  expect(autosave.isUnsaved).toBe(true);
  state.refuseWith = undefined;
  await time.pass(30_000);
  expect(state.stored()?.fields.markdown).toBe("kept");
  expect(new Set(state.keys).size).toBe(1);
});

test("a save from elsewhere stops saving until somebody chooses, and mine can be kept", async () => {
  const { time, state, autosave } = start();
  autosave.change(written("mine"));
  await time.pass(1_000);
  state.elsewhere();
  autosave.change(written("mine too"));
  await time.pass(1_000);
  expect(autosave.status().state).toBe("conflict");
  autosave.change(written("mine, still writing"));
  await time.pass(60_000);
  expect(autosave.status().state).toBe("conflict");
  expect(state.saves).toHaveLength(1);
  expect(await autosave.keepMine({ postId: "pst_1", revision: 2 })).toBe(true);
  expect(state.stored()?.fields.markdown).toBe("mine, still writing");
});

test("a refused field is told and saved once it is mended", async () => {
  const { time, state, autosave } = start();
  state.refuseWith = { code: "conflict", fields: { slug: ["taken"] } };
  autosave.change(written("x"));
  await time.pass(1_000);
  expect(autosave.status()).toMatchObject({ state: "refused", fieldErrors: { slug: ["taken"] } });
  state.refuseWith = undefined;
  autosave.change({ ...written("x"), slug: "b" });
  await time.pass(1_000);
  expect(autosave.status()).toMatchObject({ state: "saved", fieldErrors: {} });
  expect(new Set(state.keys).size).toBe(2);
});

test("saving at once waits for what is under way and says whether all is saved", async () => {
  const { time, state, autosave } = start();
  autosave.change(written("a"));
  const all = autosave.saveNow();
  autosave.change(written("b"));
  await time.pass(0);
  expect(await all).toBe(true);
  expect(state.stored()?.fields.markdown).toBe("b");
  state.refuseWith = { code: "unauthenticated" };
  autosave.change(written("c"));
  expect(await autosave.saveNow()).toBe(false);
  expect(autosave.status().state).toBe("signed_out");
});

test("this device has all that the server may not have, and nothing else", async () => {
  const { time, state, autosave, device } = start();
  autosave.change(written("a"));
  expect(device.copy).toMatchObject({ fields: { markdown: "a" }, saved: undefined });
  await time.pass(1_000);
  expect(device.copy).toBeUndefined();
  state.refuseWith = { code: "unauthenticated" };
  autosave.change(written("ab"));
  await time.pass(60_000);
  expect(device.copy).toMatchObject({ fields: { markdown: "ab" }, saved: { revision: 1 } });
});

test("what was sent without an answer is sent again before anything newer", async () => {
  const { time, state, autosave } = start();
  autosave.change(written("first"));
  await time.pass(1_000);
  state.refuseWith = { code: "unavailable" };
  autosave.change(written("second"));
  await time.pass(1_000);
  autosave.change(written("third"));
  state.refuseWith = undefined;
  await time.pass(60_000);
  expect(state.saves.map(({ markdown }) => markdown)).toEqual(["first", "second", "third"]);
});
