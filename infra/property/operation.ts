import { nameOf, ofType, type Property } from "./recording.ts";

const FUNCTION = "aws:lambda/function:Function";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

export const logsHaveRetention: Property = (stage) =>
  ofType(stage, LOG_GROUP)
    .filter(({ inputs }) => !(inputs.retentionInDays > 0))
    .map((group) => `${nameOf(group)} keeps logs for ever.`);

/** A function without a log group of its own gets one from Lambda, which keeps logs for ever. */
export const functionsLogJsonIntoTheirOwnGroup: Property = (stage) => {
  const groups = ofType(stage, LOG_GROUP).map(({ inputs }) => inputs.name);
  return ofType(stage, FUNCTION).flatMap((declared) => {
    const { logFormat, logGroup } = declared.inputs.loggingConfig ?? {};
    return [
      ...(groups.includes(logGroup) ? [] : [`${nameOf(declared)} logs into a group without retention.`]),
      ...(logFormat === "JSON" ? [] : [`${nameOf(declared)} does not log JSON.`]),
    ];
  });
};

export const functionsRunOnTheCurrentNodeAndArm: Property = (stage) =>
  ofType(stage, FUNCTION)
    .filter(({ inputs }) => inputs.runtime !== "nodejs24.x" || inputs.architectures?.join() !== "arm64")
    .map((declared) => `${nameOf(declared)} runs on another runtime or architecture.`);

export const functionsAreTraced: Property = (stage) =>
  ofType(stage, FUNCTION)
    .filter(({ inputs }) => inputs.tracingConfig?.mode !== "Active")
    .map((declared) => `${nameOf(declared)} is not traced.`);

export const queuesAreEncrypted: Property = (stage) =>
  ofType(stage, "aws:sqs/queue:Queue")
    .filter(({ inputs }) => !inputs.sqsManagedSseEnabled && !inputs.kmsMasterKeyId)
    .map((queue) => `${nameOf(queue)} is not encrypted.`);
