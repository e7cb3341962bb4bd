import type { DynamoDBDocumentClient, TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";

/** Request units of the table itself, without what its indexes cost to keep. */
export interface Units {
  reads: number;
  writes: number;
}

interface Capacity {
  readonly CapacityUnits?: number;
}

/**
 * Counts what every operation of a client consumes from now on. Reads are as DynamoDB reports
 * them. DynamoDB Local reports four units for a transaction of any size, so writes are counted
 * by the rule of AWS: in a transaction, two units for each item and kilobyte.
 */
export function countUnits(client: DynamoDBDocumentClient): Units {
  const units: Units = { reads: 0, writes: 0 };
  client.middlewareStack.add(
    (next) => async (call) => {
      const result = await next({ ...call, input: { ...call.input, ReturnConsumedCapacity: "TOTAL" } });
      const { TransactItems } = call.input as Partial<TransactWriteCommandInput>;
      const { ConsumedCapacity } = result.output as { ConsumedCapacity?: Capacity | Capacity[] };
      // A batch reports once for each table.
      if (!TransactItems)
        for (const { CapacityUnits = 0 } of [ConsumedCapacity ?? []].flat()) units.reads += CapacityUnits;
      for (const { Put } of TransactItems ?? [])
        units.writes += 2 * Math.ceil(sizeOf(Put?.Item ?? {}) / 1024);
      return result;
    },
    { step: "initialize", name: "countUnits" },
  );
  return units;
}

/** Near enough to how DynamoDB counts: names and values as UTF-8. At least one byte. */
function sizeOf(item: object): number {
  return Buffer.byteLength(JSON.stringify(item));
}
