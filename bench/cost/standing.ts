import type { Recording } from "@haru/local/synth/recording";
import type { Standing } from "./model.ts";

const minutesOfMonth = 60 * 24 * 30;

/** What the production stage costs without a visitor, read from its synthesis. */
export function standingOf({ resources }: Recording): Standing {
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const queues = ofType("aws:lambda/eventSourceMapping:EventSourceMapping").filter(({ inputs }) =>
    String(inputs.eventSourceArn).includes(":sqs:"),
  );
  return {
    // An alarm over several metrics is paid for each of them.
    alarmMetrics: ofType("aws:cloudwatch/metricAlarm:MetricAlarm").reduce((sum, { inputs }) => {
      const queries = (inputs.metricQueries ?? []) as readonly { readonly metric?: unknown }[];
      return sum + Math.max(1, queries.filter(({ metric }) => metric !== undefined).length);
    }, 0),
    dashboards: ofType("aws:cloudwatch/dashboard:Dashboard").length,
    scheduledCalls: ofType("aws:scheduler/schedule:Schedule").reduce(
      (sum, { inputs }) => sum + minutesOfMonth / minutesBetween(String(inputs.scheduleExpression)),
      0,
    ),
    polledQueues: queues.length,
  };
}

const minutesPerUnit: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

function minutesBetween(expression: string): number {
  if (expression === "cron(* * * * ? *)") return 1;
  const [, count, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const minutes = Number(count) * (minutesPerUnit[unit] ?? Number.NaN);
  if (Number.isNaN(minutes)) throw new Error(`How often is ${expression}? The calculator does not know.`);
  return minutes;
}
