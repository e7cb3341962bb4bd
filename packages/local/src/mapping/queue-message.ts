import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import { REGION } from "../cloud.ts";
import { compilePattern, type Matcher } from "./pattern.ts";

/** A message as a Lambda function's event has it. */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
  readonly md5OfBody: string;
  readonly md5OfMessageAttributes?: string;
  readonly eventSource: "aws:sqs";
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

export function toQueueRecord(message: Message, queueArn: string): QueueRecord {
  const attributes = Object.entries(message.MessageAttributes ?? {});
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: { ...message.Attributes },
    messageAttributes: Object.fromEntries(
      attributes.map(([name, value]) => [name, toLambdaAttribute(value)]),
    ),
    md5OfBody: message.MD5OfBody ?? "",
    ...(message.MD5OfMessageAttributes ? { md5OfMessageAttributes: message.MD5OfMessageAttributes } : {}),
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: REGION,
  };
}

function toLambdaAttribute({ StringValue, BinaryValue, DataType }: MessageAttributeValue) {
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: Buffer.from(BinaryValue).toString("base64") }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}

/**
 * Compiles the filters of a queue's mapping. A pattern for fields of the body
 * never matches a body that is no JSON, and one for the body as a text never
 * matches JSON; patterns without `body` match either.
 * @throws Error that names the mistake in a pattern
 */
export function compileQueueFilters(
  filters: readonly { readonly pattern: string }[],
): (record: QueueRecord) => boolean {
  const matchers = filters.map(({ pattern }) => {
    const passes = compilePattern(pattern);
    const { body } = JSON.parse(pattern) as { body?: unknown };
    return (record: QueueRecord) => passesWithBody(passes, body, record);
  });
  return (record) => matchers.length === 0 || matchers.some((passes) => passes(record));
}

function passesWithBody(passes: Matcher, pattern: unknown, record: QueueRecord): boolean {
  if (pattern === undefined) return passes(record);
  const body = parseBody(record.body);
  if (Array.isArray(pattern)) return body === undefined && passes(record);
  return body !== undefined && passes({ ...record, body });
}

/** The body as an object or list, or undefined for any other text. */
function parseBody(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined; // A plain text.
  }
}
