import { expect, test } from "vitest";
import { createThrottle, type ThrottleSettings } from "./throttle.ts";

// "Throttle requests to your HTTP APIs for better throughput in API Gateway": a token bucket.

function withClock(defaults?: ThrottleSettings, byRoute: Record<string, ThrottleSettings> = {}) {
  const clock = { ms: 0 };
  const throttle = createThrottle(
    { default: defaults, byRoute: new Map(Object.entries(byRoute)) },
    () => clock.ms,
  );
  const passed = (routeKey: string, times: number) =>
    Array.from({ length: times }, () => throttle.take(routeKey)).filter(Boolean).length;
  return { clock, passed };
}

test("a burst passes up to its limit and the rest is refused", () => {
  const { passed } = withClock({ throttlingBurstLimit: 5, throttlingRateLimit: 2 });
  expect(passed("GET /", 20)).toBe(5);
});

test("the rate fills the bucket again, never above the burst", () => {
  const { clock, passed } = withClock({ throttlingBurstLimit: 5, throttlingRateLimit: 2 });
  passed("GET /", 5);
  clock.ms = 400;
  expect(passed("GET /", 5)).toBe(0);
  clock.ms = 1500;
  expect(passed("GET /", 5)).toBe(3);
  clock.ms = 1_000_000;
  expect(passed("GET /", 20)).toBe(5);
});

test("each route has its own bucket and its own settings where declared", () => {
  const { passed } = withClock(
    { throttlingBurstLimit: 1, throttlingRateLimit: 1 },
    { "POST /": { throttlingBurstLimit: 3, throttlingRateLimit: 1 } },
  );
  expect(passed("GET /", 5)).toBe(1);
  expect(passed("GET /other", 5)).toBe(1);
  expect(passed("POST /", 5)).toBe(3);
});

test("a route without settings is not limited", () => {
  const { passed } = withClock(undefined, { "POST /": { throttlingBurstLimit: 0, throttlingRateLimit: 0 } });
  expect(passed("GET /", 10_000)).toBe(10_000);
  expect(passed("POST /", 10)).toBe(0);
});
