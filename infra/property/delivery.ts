import type { RecordedResource, Recording } from "@haru/local/synth/recording";
import { nameOf, ofType, type Property } from "./recording.ts";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

/** What can be seen from an ARN: `arn:aws:<service>:<region>:<account>:<resource>`. */
function serviceOf(arn: string): string {
  return arn.split(":")[2] ?? "";
}

/** A source without an end to its retries stands still at the first record that cannot be handled. */
export const streamsHaveAnEnd: Property = (stage) =>
  ofType(stage, MAPPING)
    .filter(({ inputs }) => serviceOf(inputs.eventSourceArn) !== "sqs")
    .flatMap((mapping) => {
      const { inputs } = mapping;
      const retries = inputs.maximumRetryAttempts ?? -1;
      const ageSeconds = inputs.maximumRecordAgeInSeconds ?? -1;
      const says = (sentence: string) => `${nameOf(mapping)} ${sentence}`;
      return [
        ...(retries < 0 || retries > 10 ? [says("has no end to its retries.")] : []),
        ...(ageSeconds < 0 || ageSeconds > 86_400 ? [says("has no end to the age of its records.")] : []),
        ...(inputs.destinationConfig?.onFailure?.destinationArn
          ? []
          : [says("has no place for what failed.")]),
        ...(inputs.bisectBatchOnFunctionError ? [] : [says("lets one bad record fail the whole batch.")]),
        ...(inputs.functionResponseTypes?.includes("ReportBatchItemFailures")
          ? []
          : [says("takes no partial answers.")]),
      ];
    });

export const queuesThatAreReadHaveADeadLetterQueue: Property = (stage) => {
  const queues = ofType(stage, "aws:sqs/queue:Queue");
  const queueOf = (arn: string) => queues.find(({ inputs }) => arn.endsWith(`:${inputs.name}`));
  return ofType(stage, MAPPING)
    .filter(({ inputs }) => serviceOf(inputs.eventSourceArn) === "sqs")
    .flatMap(({ inputs, name }) => {
      const queue = queueOf(inputs.eventSourceArn);
      if (!queue) return [`The mapping "${name}" reads a queue that this stage does not declare.`];
      const redrive = queue.inputs.redrivePolicy ? JSON.parse(queue.inputs.redrivePolicy) : {};
      if (!redrive.deadLetterTargetArn) return [`${nameOf(queue)} is read and has no dead-letter queue.`];
      if (!queueOf(redrive.deadLetterTargetArn)) {
        return [`${nameOf(queue)} gives up to a queue that this stage does not declare.`];
      }
      return redrive.maxReceiveCount <= 10 ? [] : [`${nameOf(queue)} tries more than 10 times.`];
    });
};

/** Dead letters that nobody looked at for two weeks are gone. */
export const queuesKeepWhatFailedForTwoWeeks: Property = (stage) =>
  ofType(stage, "aws:sqs/queue:Queue")
    .filter(({ inputs }) => inputs.messageRetentionSeconds !== 1_209_600)
    .map((queue) => `${nameOf(queue)} forgets messages before 14 days.`);

/** Services that call a function and do not wait for its answer. */
const ASYNCHRONOUS_CALLERS = ["events", "iot", "s3", "ses", "sns"].map(
  (service) => `${service}.amazonaws.com`,
);

/** Functions that are called without anybody waiting for the answer. */
function asynchronousFunctions(stage: Recording): RecordedResource[] {
  const called = ofType(stage, "aws:lambda/permission:Permission")
    .filter(({ inputs }) => ASYNCHRONOUS_CALLERS.includes(inputs.principal))
    .map(({ inputs }) => inputs.function as string);
  return ofType(stage, "aws:lambda/function:Function").filter(({ inputs }) =>
    called.some((reference) => reference === inputs.name || reference.includes(`:function:${inputs.name}`)),
  );
}

export const asynchronousCallsHaveAnEnd: Property = (stage) => {
  const configs = ofType(stage, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig");
  return asynchronousFunctions(stage)
    .filter(({ inputs }) => {
      const config = configs.find(({ inputs: { functionName } }) =>
        functionName.endsWith(inputs.name),
      )?.inputs;
      const { maximumRetryAttempts: retries, maximumEventAgeInSeconds: ageSeconds } = config ?? {};
      const hasEnd = retries !== undefined && retries <= 2 && ageSeconds !== undefined;
      return !hasEnd || !config?.destinationConfig?.onFailure?.destination;
    })
    .map(
      (declared) => `${nameOf(declared)} is called asynchronously without an end or a place for what failed.`,
    );
};

export const schedulesHaveAnEnd: Property = (stage) =>
  ofType(stage, "aws:scheduler/schedule:Schedule")
    .filter(({ inputs: { target } }) => {
      const retries = target?.retryPolicy?.maximumRetryAttempts ?? -1;
      return retries < 0 || retries > 10 || !target?.deadLetterConfig?.arn;
    })
    .map((schedule) => `${nameOf(schedule)} has no end to its retries or no place for what failed.`);
