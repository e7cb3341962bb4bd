import { expect, test } from "vitest";
import { compileQueueFilters, toQueueRecord } from "./queue-message.ts";

const ARN = "arn:aws:sqs:us-east-1:000000000000:jobs";
const passes = (pattern: unknown, body: string) =>
  compileQueueFilters([{ pattern: JSON.stringify(pattern) }])(
    toQueueRecord({ Body: body, MessageAttributes: { kind: { DataType: "String", StringValue: "a" } } }, ARN),
  );

// AWS Lambda Developer Guide, "Using event filtering with an Amazon SQS event source", "Properly filtering Amazon SQS messages".
test.each([
  ["plain text and a pattern for text", { body: [{ prefix: "he" }] }, "hello", true],
  ["plain text and a pattern for fields", { body: { a: [1] } }, "hello", false],
  [
    "plain text and a pattern for metadata",
    { messageAttributes: { kind: { stringValue: ["a"] } } },
    "hello",
    true,
  ],
  ["JSON and a pattern for text", { body: [{ prefix: "{" }] }, '{"a":1}', false],
  ["JSON and a pattern for fields", { body: { a: [1] } }, '{"a":1}', true],
  ["JSON and another value", { body: { a: [1] } }, '{"a":2}', false],
  [
    "JSON and a pattern for metadata",
    { messageAttributes: { kind: { stringValue: ["b"] } } },
    '{"a":1}',
    false,
  ],
])("%s", (_name, pattern, body, expected) => {
  expect(passes(pattern, body)).toBe(expected);
});
