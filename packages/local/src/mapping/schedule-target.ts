import type { Cloud } from "../cloud.ts";
import { systemClock } from "../function/clock.ts";
import { isSupportedDestination } from "../function/destination.ts";
import { parseSchedule, runSchedule } from "./schedule.ts";

/** What a schedule calls: a function (asynchronously, with its own retries), a queue or a topic. */
export interface ScheduleTarget {
  /** For messages: the rule or schedule. */
  readonly name: string;
  readonly arn: string;
  /** The event of one run. @param scheduledAt milliseconds since the epoch */
  event(scheduledAt: number): unknown;
  /** ARN of a queue for events that the target did not take. */
  readonly deadLetter: string | undefined;
}

export interface ScheduleTimes {
  readonly expression: string;
  readonly timeZone: string;
  /** ISO 8601. */
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
}

/** A schedule of the running cloud, for people who look at it. */
export interface RunningSchedule {
  readonly name: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly targetArn: string;
  /** When it runs next, in milliseconds since the epoch; undefined after its last time. */
  next(): number | undefined;
  /** Lets it run now, beside its times. @throws Error when the target does not take the event */
  runNow(): Promise<void>;
}

/**
 * Lets a target run from the start of the local cloud to its stop.
 * @throws Error when the schedule is not valid or the target's service is not known here
 */
export function scheduleTarget(times: ScheduleTimes, target: ScheduleTarget, cloud: Cloud): void {
  const { name, arn, deadLetter } = target;
  if (!isSupportedDestination(arn)) {
    throw new Error(`A schedule cannot call ${arn} on the local cloud: only functions, queues and topics.`);
  }
  const schedule = parseSchedule(times.expression, { startsAt: Date.now(), timeZone: times.timeZone });
  const stopping = new AbortController();
  const say = (message: string) => cloud.log({ level: "error", source: name, message });
  const deliver = async (scheduledAt: number) => {
    const event = target.event(scheduledAt);
    try {
      await cloud.destinations.deliver(arn, event);
    } catch (error) {
      say(`${arn} did not take the event of the schedule: ${(error as Error).message}`);
      if (deadLetter) await cloud.destinations.deliver(deadLetter, event);
    }
  };
  cloud.addSchedule({
    name,
    expression: times.expression,
    timeZone: times.timeZone,
    targetArn: arn,
    next() {
      const at = schedule.next(Math.max(Date.now(), times.startDate ? Date.parse(times.startDate) - 1 : 0));
      return at !== undefined && times.endDate && at > Date.parse(times.endDate) ? undefined : at;
    },
    runNow: () => cloud.destinations.deliver(arn, target.event(Date.now())),
  });
  cloud.onOpen(() => {
    void runSchedule({
      schedule,
      ...(times.startDate ? { startDate: Date.parse(times.startDate) } : {}),
      ...(times.endDate ? { endDate: Date.parse(times.endDate) } : {}),
      fire: (scheduledAt) =>
        void deliver(scheduledAt).catch((error: Error) =>
          say(`an event of the schedule is lost: ${error.message}`),
        ),
      clock: systemClock,
      signal: stopping.signal,
    });
  });
  cloud.onStop(() => stopping.abort());
}

/** ISO 8601 without fractions, as EventBridge writes times. */
export function toEventTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}
