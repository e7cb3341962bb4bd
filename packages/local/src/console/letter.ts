import { functionName } from "../function/service.ts";
import type { FailureSource } from "./failure-source.ts";

/** Where the records of a stream are that a mapping gave up. */
export interface BatchInfo {
  readonly shardId: string;
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
  readonly batchSize: number;
  readonly streamArn: string;
}

/** What lies in a dead-letter queue, by what it takes to try it again. */
export type Letter =
  /** The function is called with records that are read from the stream once more. */
  | { readonly kind: "batch"; readonly functionArn: string; readonly batch: BatchInfo }
  /** The function is called with the event that it failed on. */
  | { readonly kind: "event"; readonly functionArn: string; readonly event: unknown }
  /** The message itself goes back to the queue or function. */
  | { readonly kind: "message"; readonly takes: string }
  | { readonly kind: "unknown"; readonly reason: string };

interface FailureRecord {
  readonly requestContext?: { readonly functionArn?: string };
  readonly requestPayload?: unknown;
  readonly DDBStreamBatchInfo?: BatchInfo;
}

/** Reads a message: Lambda's own records of failures say themselves where they belong. */
export function readLetter(body: string, sources: readonly FailureSource[]): Letter {
  const record = readJson(body) as FailureRecord | undefined;
  const functionArn = record?.requestContext?.functionArn;
  if (functionArn && record?.DDBStreamBatchInfo) {
    return { kind: "batch", functionArn, batch: record.DDBStreamBatchInfo };
  }
  if (functionArn && record && "requestPayload" in record) {
    return { kind: "event", functionArn, event: record.requestPayload };
  }
  const takers = sources.flatMap(({ takes }) => takes ?? []);
  const [takes] = takers;
  if (takes && takers.length === 1) return { kind: "message", takes };
  const reason =
    takers.length === 0
      ? "nothing sends its failures here"
      : "several send their failures here, and it does not tell from which one it came";
  return { kind: "unknown", reason };
}

/** What a redrive does with it, for people. */
export function describeLetter(letter: Letter): string {
  switch (letter.kind) {
    case "batch": {
      const { batchSize } = letter.batch;
      return `${functionName(letter.functionArn)}, with ${batchSize} record${batchSize === 1 ? "" : "s"} of the stream`;
    }
    case "event":
      return `${functionName(letter.functionArn)}, with its event`;
    case "message":
      return letter.takes.split(":").at(-1) ?? letter.takes;
    case "unknown":
      return `stays: ${letter.reason}`;
  }
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined; // A queue may carry any text; then it is no record of a failure.
  }
}
