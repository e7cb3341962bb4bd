import type { RecordedResource, Recording } from "@haru/local/synth/recording";
import { nameOf, ofType, type Property } from "./recording.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Nobody gets up for another stage. */
const isWatched = ({ app }: Recording) => app.stage === "production";

function alarmsOn(stage: Recording, metric: string, dimension: string): string[] {
  return ofType(stage, ALARM)
    .filter(({ inputs }) => inputs.metricName === metric)
    .map(({ inputs }) => String(inputs.dimensions?.[dimension]));
}

/** A queue that something gives up to, by its place in the program: functions and queues name it by ARN. */
function takesDeadLetters(queue: RecordedResource, stage: Recording): boolean {
  const ending = `:${queue.inputs.name}`;
  const targets = stage.resources.flatMap(({ inputs }) => [
    inputs.destinationConfig?.onFailure?.destinationArn,
    inputs.deadLetterConfig?.targetArn,
    inputs.target?.deadLetterConfig?.arn,
    inputs.redrivePolicy ? JSON.parse(inputs.redrivePolicy).deadLetterTargetArn : undefined,
  ]);
  return targets.some((target) => String(target).endsWith(ending));
}

export const whatFailsForGoodRings: Property = (stage) => {
  if (!isWatched(stage)) return [];
  const watched = alarmsOn(stage, "ApproximateNumberOfMessagesVisible", "QueueName");
  return ofType(stage, "aws:sqs/queue:Queue")
    .filter((queue) => takesDeadLetters(queue, stage) && !watched.includes(queue.inputs.name))
    .map((queue) => `${nameOf(queue)} takes dead letters and no alarm says so.`);
};

export const whatWaitsTooLongRings: Property = (stage) => {
  if (!isWatched(stage)) return [];
  const queues = alarmsOn(stage, "ApproximateAgeOfOldestMessage", "QueueName");
  const readers = alarmsOn(stage, "IteratorAge", "FunctionName");
  return ofType(stage, "aws:lambda/eventSourceMapping:EventSourceMapping").flatMap((mapping) => {
    const { eventSourceArn, functionName } = mapping.inputs;
    const source = String(eventSourceArn).split(":");
    const isSeen =
      source[2] === "sqs"
        ? queues.includes(source.at(-1) ?? "")
        : readers.includes(String(functionName).split(":").at(-1) ?? "");
    return isSeen ? [] : [`${nameOf(mapping)} may fall behind and no alarm says so.`];
  });
};

export const alarmsReachSomebodyWhoCanReadWhatToDo: Property = (stage) =>
  ofType(stage, ALARM).flatMap((alarm) => {
    const { alarmActions, alarmDescription, treatMissingData } = alarm.inputs;
    return [
      ...(alarmActions?.length > 0 ? [] : [`${nameOf(alarm)} tells nobody.`]),
      ...(/docs\/runbook\.md#[a-z-]+$/.test(alarmDescription)
        ? []
        : [`${nameOf(alarm)} has no entry in the runbook.`]),
      ...(treatMissingData === "notBreaching" ? [] : [`${nameOf(alarm)} rings when nothing happens.`]),
    ];
  });
