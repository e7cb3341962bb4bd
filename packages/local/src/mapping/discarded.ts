import { randomUUID } from "node:crypto";
import { ACCOUNT_ID, REGION } from "../cloud.ts";
import { functionName } from "../function/service.ts";
import type { Discarded } from "./batch.ts";
import type { ShardRecord } from "./shard.ts";

/** What Lambda sends to the failure destination of a stream mapping: where the records are, not the records. */
export function discardedBatchRecord(
  { records, condition, invokeCount, error }: Discarded<ShardRecord>,
  batch: {
    readonly streamArn: string;
    readonly shardId: string;
    /** Name or ARN. */
    readonly functionName: string;
    /** Milliseconds since the epoch. */
    readonly now: number;
  },
): unknown {
  const [first] = records;
  const last = records.at(-1) ?? first;
  const toDate = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${functionName(batch.functionName)}`,
      condition,
      approximateInvokeCount: invokeCount,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: "$LATEST",
      functionError: error ? "Unhandled" : null,
    },
    version: "1.0",
    timestamp: new Date(batch.now).toISOString(),
    DDBStreamBatchInfo: {
      shardId: batch.shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: toDate(first.arrivedAt),
      approximateArrivalOfLastRecord: toDate(last.arrivedAt),
      batchSize: records.length,
      streamArn: batch.streamArn,
    },
  };
}
