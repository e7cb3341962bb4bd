import { expect, onTestFinished, test, vi } from "vitest";
import { eventsProviders } from "./events.ts";
import { schedulerProviders } from "./scheduler.ts";
import { createTestCloud } from "./test-cloud.ts";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:job";
const QUEUE = "arn:aws:sqs:us-east-1:000000000000:jobs";

/** A cloud whose time stands still and whose destinations note what they get; `refuse` lets one fail. */
function start(refuse?: string) {
  vi.useFakeTimers({ now: new Date("2026-11-21T00:00:30Z"), toFake: ["setTimeout", "clearTimeout", "Date"] });
  const delivered: { arn: string; payload: unknown; at: string }[] = [];
  const cloud = {
    ...createTestCloud({ sqs: "http://127.0.0.1:9" }),
    destinations: {
      async deliver(arn: string, payload: unknown) {
        if (arn === refuse) throw new Error("refused");
        delivered.push({ arn, payload, at: new Date().toISOString().slice(11, 19) });
      },
      stop() {},
    },
  };
  onTestFinished(async () => {
    await cloud.stop();
    vi.useRealTimers();
  });
  const provide = (type: string, name: string, inputs: Record<string, unknown>) =>
    cloud.provision({ ...eventsProviders, ...schedulerProviders }[type], type, name, inputs);
  return { cloud, delivered, provide };
}

// Amazon EventBridge User Guide, "Creating a rule that runs on a schedule".
test("a rule calls its target with the scheduled event, or with the target's input", async () => {
  const { cloud, delivered, provide } = start();
  const { state } = await provide(RULE, "Rule", {
    scheduleExpression: "cron(0/2 * * * ? *)",
    state: "ENABLED",
  });
  await provide(TARGET, "Plain", { rule: state.name, arn: FUNCTION });
  await provide(TARGET, "Input", { rule: state.name, arn: QUEUE, input: '{"a":1}' });
  await cloud.open();
  await vi.advanceTimersByTimeAsync(89_000);
  expect(delivered).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(delivered).toEqual([
    {
      arn: FUNCTION,
      at: "00:02:00",
      payload: {
        version: "0",
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        "detail-type": "Scheduled Event",
        source: "aws.events",
        account: "000000000000",
        time: "2026-11-21T00:02:00Z",
        region: "us-east-1",
        resources: ["arn:aws:events:us-east-1:000000000000:rule/Rule"],
        detail: {},
      },
    },
    { arn: QUEUE, at: "00:02:00", payload: { a: 1 } },
  ]);
  await cloud.stop();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(delivered).toHaveLength(2);
});

// Amazon EventBridge Scheduler User Guide, "Schedule types in EventBridge Scheduler" and "Adding context attributes".
test("a schedule runs in its time zone and fills the keywords of its input", async () => {
  const { cloud, delivered, provide } = start();
  await provide(SCHEDULE, "Morning", {
    scheduleExpression: "cron(5 9 * * ? *)",
    scheduleExpressionTimezone: "Asia/Seoul",
    state: "ENABLED",
    target: {
      arn: FUNCTION,
      input: '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}',
      retryPolicy: { maximumRetryAttempts: 0 },
    },
  });
  await provide(SCHEDULE, "Off", {
    scheduleExpression: "rate(1 minute)",
    state: "DISABLED",
    target: { arn: FUNCTION },
  });
  await cloud.open();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(delivered).toEqual([
    {
      arn: FUNCTION,
      at: "00:05:00",
      payload: {
        at: "2026-11-21T00:05:00Z",
        by: "arn:aws:scheduler:us-east-1:000000000000:schedule/default/Morning",
      },
    },
  ]);
});

// Amazon EventBridge Scheduler User Guide, "Configuring a dead-letter queue".
test("an event that its target does not take goes to the dead-letter queue", async () => {
  const { cloud, delivered, provide } = start(FUNCTION);
  await provide(SCHEDULE, "Once", {
    scheduleExpression: "at(2026-11-21T00:01:00)",
    target: { arn: FUNCTION, input: '{"a":1}', deadLetterConfig: { arn: QUEUE } },
  });
  await cloud.open();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(delivered).toEqual([{ arn: QUEUE, at: "00:01:00", payload: { a: 1 } }]);
  expect(cloud.lines).toContainEqual({
    level: "error",
    source: "Once",
    message: `${FUNCTION} did not take the event of the schedule: refused`,
  });
});

test.each<[type: string, inputs: Record<string, unknown>, reason: string]>([
  [RULE, { eventPattern: "{}" }, "only rules that run on a schedule"],
  [SCHEDULE, { scheduleExpression: "rate(1 minutes)", target: { arn: FUNCTION } }, "rate(1 minute)"],
  [
    SCHEDULE,
    { scheduleExpression: "rate(1 day)", target: { arn: "arn:aws:ecs:us-east-1:0:cluster/c" } },
    "cannot call",
  ],
])("%s with what is not known is refused", async (type, inputs, reason) => {
  const { provide } = start();
  await expect(provide(type, "Thing", inputs)).rejects.toThrow(reason);
});
