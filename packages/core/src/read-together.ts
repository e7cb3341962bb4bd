import { BatchGetCommand, type BatchGetCommandInput } from "@aws-sdk/lib-dynamodb";
import { AppError } from "./errors.ts";
import type { Table } from "./table.ts";

type Item = Record<string, unknown>;
type Keys = NonNullable<NonNullable<BatchGetCommandInput["RequestItems"]>[string]["Keys"]>;

/** ElectroDB's description of a read of several items of one entity, by `get([…]).params()`. */
export type BatchRead = BatchGetCommandInput & Record<string, unknown>;

/** DynamoDB reads so many items in one request. */
const mostKeys = 100;
const attempts = 6;
const firstDelayMilliseconds = 25;

/**
 * Reads items of several nouns in one consistent request, and asks again for those that the table
 * left out: to whoever decides by what it finds, an item that was not read is not one that is absent.
 * @param reads of 100 items at most in all
 * @returns the items as they are stored, for each entity's `parse`, in no order
 * @throws AppError `unavailable` when the table goes on leaving some out
 */
export async function readTogether(
  { table }: { readonly table: Table },
  reads: readonly BatchRead[],
): Promise<Item[]> {
  let keys = reads.flatMap((read) => keysOf(read, table));
  if (keys.length > mostKeys) throw new Error(`${keys.length} items are too many for one request.`);
  const items: Item[] = [];
  for (let attempt = 0; keys.length > 0; attempt++) {
    if (attempt === attempts) throw new AppError("unavailable");
    if (attempt > 0) await pause(attempt);
    const RequestItems = { [table.table]: { Keys: keys, ConsistentRead: true } };
    const answer = await table.client.send(new BatchGetCommand({ RequestItems }));
    items.push(...(answer.Responses?.[table.table] ?? []));
    keys = answer.UnprocessedKeys?.[table.table]?.Keys ?? [];
  }
  return items;
}

function keysOf(read: BatchRead, { table }: Table): Keys {
  // ElectroDB leaves the type of its parameters open: it makes one request for each 100 keys.
  const requests: readonly BatchRead[] = [read].flat();
  return requests.flatMap(({ RequestItems }) => RequestItems?.[table]?.Keys ?? []);
}

function pause(attempt: number): Promise<void> {
  const longest = firstDelayMilliseconds * 2 ** attempt;
  return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
}
