import { randomUUID } from "node:crypto";
import { ACCOUNT_ID, type Providers, REGION } from "../cloud.ts";
import { scheduleTarget, toEventTime } from "../mapping/schedule-target.ts";

/** Schedules of EventBridge Scheduler. A flexible time window begins with the event. */
export const schedulerProviders: Providers = {
  "aws:scheduler/schedule:Schedule": async ({ name, inputs }, cloud) => {
    const scheduleName: string = inputs.name ?? name;
    const group: string = inputs.groupName ?? "default";
    const arn = `arn:aws:scheduler:${REGION}:${ACCOUNT_ID}:schedule/${group}/${scheduleName}`;
    const { target } = inputs;
    const event = (scheduledAt: number) =>
      target.input === undefined
        ? defaultEvent(arn, scheduledAt)
        : parseInput(fillContext(target.input, arn, scheduledAt));
    if (inputs.state !== "DISABLED") {
      scheduleTarget(
        {
          expression: inputs.scheduleExpression,
          timeZone: inputs.scheduleExpressionTimezone ?? "UTC",
          startDate: inputs.startDate,
          endDate: inputs.endDate,
        },
        { name: scheduleName, arn: target.arn, event, deadLetter: target.deadLetterConfig?.arn },
        cloud,
      );
    }
    return { id: `${group}/${scheduleName}`, state: { name: scheduleName, arn } };
  },
};

function defaultEvent(arn: string, scheduledAt: number): unknown {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.scheduler",
    account: ACCOUNT_ID,
    time: toEventTime(scheduledAt),
    region: REGION,
    resources: [arn],
    detail: "{}",
  };
}

/** Replaces the keywords that an input may contain. */
function fillContext(input: string, arn: string, scheduledAt: number): string {
  return input
    .replaceAll("<aws.scheduler.schedule-arn>", arn)
    .replaceAll("<aws.scheduler.scheduled-time>", toEventTime(scheduledAt))
    .replaceAll("<aws.scheduler.execution-id>", randomUUID().replaceAll("-", "").slice(0, 16))
    .replaceAll("<aws.scheduler.attempt-number>", "1");
}

/** Queues and topics may get any text, functions JSON. */
function parseInput(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
