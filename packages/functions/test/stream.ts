import { UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import type { TestTable } from "../../core/test/table.ts";
import { createStreamsClient } from "../../local/src/mapping/streams-client.ts";

/** The changes of a table from now on, as its own stream tells them. */
export interface TableStream {
  /** What changed since the last call in items of these entities, which is what a mapping's filter lets pass. */
  changesOf(...entities: readonly string[]): Promise<DynamoDBRecord[]>;
}

/** One read of a stream answers no more records. */
const mostAtOnce = 1_000;

export async function openStream({ table, url }: TestTable): Promise<TableStream> {
  const { TableDescription } = await table.client.send(
    new UpdateTableCommand({
      TableName: table.table,
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    }),
  );
  const streams = createStreamsClient(url);
  const stream = TableDescription?.LatestStreamArn ?? "";
  const { shards } = await streams.describe(stream);
  const shard = shards[0]?.id ?? "";
  const seen = new Set<string>();
  return {
    async changesOf(...entities) {
      // From the beginning each time: a place at the end of DynamoDB Local's stream is lost when other tables
      // of the engine, those of other tests, are written.
      const start = await streams.iterator(stream, shard, undefined);
      const { records } = await streams.read(start, AbortSignal.timeout(10_000));
      if (records.length === mostAtOnce) throw new Error("A test cannot have so many changes.");
      const fresh = records.filter(({ dynamodb }) => !seen.has(dynamodb.SequenceNumber));
      for (const { dynamodb } of fresh) seen.add(dynamodb.SequenceNumber);
      return (fresh as DynamoDBRecord[]).filter(({ dynamodb: { NewImage, OldImage } = {} }) =>
        entities.includes((NewImage ?? OldImage)?.__edb_e__?.S ?? ""),
      );
    },
  };
}
