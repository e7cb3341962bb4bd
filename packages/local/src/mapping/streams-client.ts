import { REGION } from "../cloud.ts";
import { ACCESS_KEY_ID } from "../credentials.ts";
import type { StreamRecord } from "./stream-record.ts";

export interface Shard {
  readonly id: string;
  readonly parentId: string | undefined;
  /** A closed shard gets no further records. */
  readonly isClosed: boolean;
}

export interface StreamDescription {
  /** `ENABLED`, or `DISABLED` once the table's stream was switched off. */
  readonly status: string;
  readonly shards: readonly Shard[];
}

export interface StreamsClient {
  describe(streamArn: string): Promise<StreamDescription>;
  /** Where reading begins: after that sequence number, or at the oldest record that is kept. */
  iterator(streamArn: string, shardId: string, after: string | undefined): Promise<string>;
  /** Where reading begins at that sequence number. */
  iteratorAt(streamArn: string, shardId: string, sequenceNumber: string): Promise<string>;
  /** Up to 1000 records, as they are in the stream. `next` is undefined at the end of a closed shard. */
  read(iterator: string, signal: AbortSignal): Promise<{ records: StreamRecord[]; next: string | undefined }>;
}

/** What the engine answered instead, for instance `TrimmedDataAccessException`. */
export class StreamsError extends Error {
  override readonly name = "StreamsError";
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

interface WireDescription {
  readonly StreamDescription: {
    readonly StreamStatus: string;
    readonly LastEvaluatedShardId?: string;
    readonly Shards?: readonly {
      readonly ShardId: string;
      readonly ParentShardId?: string;
      readonly SequenceNumberRange?: { readonly EndingSequenceNumber?: string };
    }[];
  };
}

/**
 * DynamoDB Streams over plain HTTP. The AWS SDK would decode every record
 * (bytes, dates), and Lambda's event wants exactly what is on the wire.
 * @param url of DynamoDB Local, which asks for an Authorization header and does not verify it
 */
export function createStreamsClient(url: string): StreamsClient {
  async function call<Result>(operation: string, body: unknown, signal?: AbortSignal): Promise<Result> {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDBStreams_20120810.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/20261121/${REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
    const answer = (await response.json()) as Result & {
      __type?: string;
      message?: string;
      Message?: string;
    };
    if (response.ok) return answer;
    const code = answer.__type?.split("#").at(-1) ?? `HTTP ${response.status}`;
    throw new StreamsError(code, answer.message ?? answer.Message ?? "");
  }

  async function getIterator(streamArn: string, shardId: string, position: object): Promise<string> {
    const { ShardIterator } = await call<{ ShardIterator: string }>("GetShardIterator", {
      StreamArn: streamArn,
      ShardId: shardId,
      ...position,
    });
    return ShardIterator;
  }

  return {
    async describe(streamArn) {
      const shards: Shard[] = [];
      let after: string | undefined;
      let status: string;
      do {
        const { StreamDescription }: WireDescription = await call("DescribeStream", {
          StreamArn: streamArn,
          ...(after ? { ExclusiveStartShardId: after } : {}),
        });
        status = StreamDescription.StreamStatus;
        after = StreamDescription.LastEvaluatedShardId;
        for (const { ShardId, ParentShardId, SequenceNumberRange } of StreamDescription.Shards ?? []) {
          const isClosed = SequenceNumberRange?.EndingSequenceNumber !== undefined;
          shards.push({ id: ShardId, parentId: ParentShardId, isClosed });
        }
      } while (after);
      return { status, shards };
    },
    iterator(streamArn, shardId, after) {
      const position = after
        ? { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: after }
        : { ShardIteratorType: "TRIM_HORIZON" };
      return getIterator(streamArn, shardId, position);
    },
    iteratorAt: (streamArn, shardId, SequenceNumber) =>
      getIterator(streamArn, shardId, { ShardIteratorType: "AT_SEQUENCE_NUMBER", SequenceNumber }),
    async read(iterator, signal) {
      const { Records, NextShardIterator } = await call<{
        Records?: StreamRecord[];
        NextShardIterator?: string;
      }>("GetRecords", { ShardIterator: iterator, Limit: 1000 }, signal);
      return { records: Records ?? [], next: NextShardIterator };
    },
  };
}
