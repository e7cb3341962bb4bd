import { expect, test } from "vitest";
import { withBreaker } from "./breaker.ts";
import { type FindRequest, IndexUnavailable, type SearchIndex } from "./search-index.ts";

const request = {} as FindRequest;
const found = { hits: [], total: 0 };

/** An index that does as it is told, and how often it was asked. */
function obedient() {
  const state = { isDown: false, asked: 0, delayMilliseconds: 0, now: 0 };
  const index = {
    async find() {
      state.asked++;
      await new Promise((resolve) => setTimeout(resolve, state.delayMilliseconds));
      if (state.isDown) throw new IndexUnavailable("down");
      return found;
    },
  } as unknown as SearchIndex;
  return { state, guarded: withBreaker(index, () => state.now) };
}

test("an index that is down is left alone after three failures, and asked again after a rest", async () => {
  const { state, guarded } = obedient();
  state.isDown = true;
  for (let at = 0; at < 10; at++) await expect(guarded.find(request)).rejects.toThrow(IndexUnavailable);
  expect(state.asked).toBe(3);
  state.now = 5_000;
  await expect(guarded.find(request)).rejects.toThrow("down");
  await expect(guarded.find(request)).rejects.toThrow("rest");
  expect(state.asked).toBe(4);
});

test("one answer after the rest makes everything as before", async () => {
  const { state, guarded } = obedient();
  state.isDown = true;
  for (let at = 0; at < 3; at++) await expect(guarded.find(request)).rejects.toThrow();
  state.isDown = false;
  state.now = 5_000;
  for (let at = 0; at < 5; at++) expect(await guarded.find(request)).toEqual(found);
  expect(state.asked).toBe(8);
});

test("an answer that takes longer than its budget is none", async () => {
  const { state, guarded } = obedient();
  state.delayMilliseconds = 3_000;
  const from = performance.now();
  await expect(guarded.find(request)).rejects.toThrow("too slow");
  expect(performance.now() - from).toBeLessThan(2_500);
});

test("a mistake of ours is no reason to leave the index alone", async () => {
  const index = { find: () => Promise.reject(new TypeError("ours")) } as unknown as SearchIndex;
  const guarded = withBreaker(index);
  for (let at = 0; at < 5; at++) await expect(guarded.find(request)).rejects.toThrow("ours");
});
