import { expect, test } from "vitest";
import { describeLetter, readLetter } from "./letter.ts";

const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:tiny-audit";
const jobs = { takes: "arn:aws:sqs:us-east-1:000000000000:tiny-jobs", label: "Jobs" };
const audit = { label: "Audit" };

test("Lambda's records of failures name the function themselves, whatever else fails into the queue", () => {
  const batch = {
    shardId: "s",
    startSequenceNumber: "1",
    endSequenceNumber: "2",
    batchSize: 2,
    streamArn: "a",
  };
  const stream = JSON.stringify({ requestContext: { functionArn }, DDBStreamBatchInfo: batch });
  const event = JSON.stringify({ requestContext: { functionArn }, requestPayload: { a: 1 } });
  expect(readLetter(stream, [jobs, audit])).toEqual({ kind: "batch", functionArn, batch });
  expect(describeLetter(readLetter(stream, []))).toBe("tiny-audit, with 2 records of the stream");
  expect(readLetter(event, [])).toEqual({ kind: "event", functionArn, event: { a: 1 } });
});

test("any other message goes back to the one that sends its failures there", () => {
  expect(readLetter("plain text", [jobs, audit])).toEqual({ kind: "message", takes: jobs.takes });
  expect(describeLetter(readLetter("{}", [jobs]))).toBe("tiny-jobs");
});

test("a message of which nobody knows where it came from stays", () => {
  expect(readLetter("{}", [])).toMatchObject({ kind: "unknown", reason: "nothing sends its failures here" });
  const other = { takes: functionArn, label: "Audit" };
  expect(describeLetter(readLetter("{}", [jobs, other]))).toMatch(/^stays: several/);
});
