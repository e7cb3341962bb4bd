import { isProduction } from "./stage.ts";

/**
 * Alarms for what a person would get up for, in production alone: nobody is woken for a personal stage.
 * Imported before the capabilities, so that whatever queue or stream they declare has its alarm too.
 */

/** Tells whoever subscribed to it. docs/deploy.md says how to. */
export const alarmTopic = isProduction ? new aws.sns.Topic("Alarms") : undefined;

interface Alarm
  extends Pick<
    aws.cloudwatch.MetricAlarmArgs,
    | "dimensions"
    | "extendedStatistic"
    | "metricName"
    | "metricQueries"
    | "namespace"
    | "period"
    | "statistic"
    | "threshold"
  > {
  /** What happened, as a sentence. */
  readonly says: string;
  /** Heading of `docs/runbook.md` that says what to do, as its anchor. */
  readonly runbook: string;
  /** So many periods in a row; one when absent. */
  readonly periods?: number;
}

/** Rings when the metric is at its threshold or above. Where nothing happens, nothing is wrong. */
export function alarm(
  name: string,
  { says, runbook, periods = 1, ...metric }: Alarm,
): aws.cloudwatch.MetricAlarm | undefined {
  if (!alarmTopic) return undefined;
  return new aws.cloudwatch.MetricAlarm(name, {
    alarmDescription: `${says} See docs/runbook.md#${runbook}`,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    evaluationPeriods: periods,
    treatMissingData: "notBreaching",
    alarmActions: [alarmTopic.arn],
    okActions: [alarmTopic.arn],
    ...metric,
  });
}

const fiveMinutesSeconds = 5 * 60;

// A transform sees what was declared, without the name that the queue gets; the queue itself has it, as soon
// as it is made.
$util.runtime.registerStackTransformation(({ type, name, resource }) => {
  if (type !== "aws:sqs/queue:Queue") return undefined;
  const queueName = $output(name).apply(() => (resource as aws.sqs.Queue).name);
  const isForDeadLetters = name.includes("Dlq");
  alarm(`${name}${isForDeadLetters ? "NotEmpty" : "Waits"}`, {
    namespace: "AWS/SQS",
    dimensions: { QueueName: queueName },
    statistic: "Maximum",
    period: fiveMinutesSeconds,
    ...(isForDeadLetters
      ? {
          says: "Something failed for good and waits in a dead-letter queue.",
          runbook: "dead-letters",
          metricName: "ApproximateNumberOfMessagesVisible",
          threshold: 1,
        }
      : {
          says: "A queue's oldest message has waited for a quarter of an hour.",
          runbook: "work-that-waits",
          metricName: "ApproximateAgeOfOldestMessage",
          threshold: 15 * 60,
        }),
  });
  return undefined;
});

$transform(aws.lambda.EventSourceMapping, (args, _options, name) => {
  // Queues have no starting position, and an alarm of their own.
  if (args.startingPosition === undefined) return;
  const functionName = $output(args.functionName).apply((nameOrArn) => nameOrArn.split(":").at(-1) ?? "");
  alarm(`${name}Waits`, {
    says: "The reader of a stream is ten minutes behind.",
    runbook: "work-that-waits",
    namespace: "AWS/Lambda",
    metricName: "IteratorAge",
    dimensions: { FunctionName: functionName },
    statistic: "Maximum",
    period: fiveMinutesSeconds,
    periods: 2,
    threshold: 10 * 60 * 1000,
  });
});
