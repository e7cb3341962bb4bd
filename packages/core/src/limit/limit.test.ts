import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTable, type TestTable } from "../../test/table.ts";
import type { Limit } from "../contract.ts";
import { createCore } from "../core.ts";
import { limitWindows } from "./limit.entity.ts";
import { rateLimitHeaders, refusalOf, spend } from "./limit.ts";

let engine: TestTable;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

const limit: Limit = { name: "test", per: "address", quota: 10, windowSeconds: 60 };
const windowStart = Date.UTC(2026, 10, 21, 12);
const coreAt = (seconds: number) =>
  createCore({ table: engine.table, locale: "ko", now: () => new Date(windowStart + seconds * 1000) });

test.each(Array.from({ length: 10 }, (_, round) => round + 1))(
  "of 200 requests at once with a limit of 10, exactly 10 pass (round %i)",
  async () => {
    const core = coreAt(1);
    const subject = crypto.randomUUID();
    const all = await Promise.all(Array.from({ length: 200 }, () => spend(core, limit, subject)));
    expect(all.filter(({ isRefused }) => !isRefused)).toHaveLength(10);
    // Each of them was told another remainder, so that none was counted twice.
    const remainders = all.filter(({ isRefused }) => !isRefused).map(({ remaining }) => remaining);
    expect(remainders.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  },
);

test("subjects, limits and windows are counted each on its own", async () => {
  const one = { ...limit, quota: 1 };
  const subject = crypto.randomUUID();
  const isRefused = async (seconds: number, other: Partial<Limit> = {}, who = subject) =>
    (await spend(coreAt(seconds), { ...one, ...other }, who)).isRefused;
  expect(await isRefused(0)).toBe(false);
  expect(await isRefused(59.9)).toBe(true);
  expect(await isRefused(59.9, {}, crypto.randomUUID())).toBe(false);
  expect(await isRefused(59.9, { name: "other" })).toBe(false);
  expect(await isRefused(59.9, { windowSeconds: 3600 })).toBe(false);
  expect(await isRefused(60)).toBe(false);
});

test("a refusal says when the window ends, in both languages and to the second", async () => {
  const subject = crypto.randomUUID();
  const one = { ...limit, quota: 1 };
  await spend(coreAt(18), one, subject);
  const refused = await spend(coreAt(18), one, subject);
  expect(refused).toMatchObject({ isRefused: true, remaining: 0, resetsInSeconds: 42 });
  expect(refusalOf(refused, "ko")).toMatchObject({
    code: "rate_limited",
    retryAfterSeconds: 42,
    specificMessage: "요청이 너무 많습니다. 42초 뒤에 다시 시도해 주세요.",
  });
  expect(refusalOf({ ...refused, resetsInSeconds: 600 }, "en").specificMessage).toBe(
    "Too many requests. Please try again in 10 minutes.",
  );
});

test("the header fields name each limit, its quota and window, and what is left of it", async () => {
  const hourly = { ...limit, quota: 5, windowSeconds: 3600 };
  const subject = crypto.randomUUID();
  const allowances = [await spend(coreAt(30), limit, subject), await spend(coreAt(30), hourly, subject)];
  expect(rateLimitHeaders(allowances)).toEqual({
    "ratelimit-policy": '"test-address-60";q=10;w=60, "test-address-3600";q=5;w=3600',
    ratelimit: '"test-address-60";r=9;t=30, "test-address-3600";r=4;t=3570',
  });
  expect(rateLimitHeaders([])).toEqual({});
});

test("only a digest of the subject is stored", async () => {
  const core = coreAt(0);
  await spend(core, limit, "person@example.com");
  const subject = createHash("sha256").update("person@example.com").digest("base64url");
  const { data } = await limitWindows(core).query.byWindow({ name: "test-60", subject }).go();
  expect(data).toHaveLength(1);
  expect(JSON.stringify(data)).not.toContain("person@");
});
