import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { logger } from "./log.ts";
import { inTrace, traceOfMessage } from "./trace.ts";

/**
 * Handles the messages of a batch one after the other. One that fails comes again, and lies with the dead
 * letters in the end; the others are done.
 * @param failure what a log says of one that failed, once for each error of an AggregateError
 * @param handle is given the message's body, parsed, and the record that brought it
 */
export async function eachMessage(
  { Records }: SQSEvent,
  failure: string,
  handle: (message: unknown, record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const record of Records) {
    const { body, messageId } = record;
    try {
      await inTrace(traceOfMessage(record), () => handle(JSON.parse(body), record));
    } catch (error) {
      const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
      for (const each of errors) logger.error(failure, { error: each, messageId });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
