import { createHash } from "node:crypto";
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  ScanCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;

const itemsPerBatch = 25;
const mostAttempts = 8;
const firstPauseMilliseconds = 50;
const longestWaitSeconds = 60;

/** Every item of a table, in no order. Only a copy of the whole has a reason to ask for it. */
export async function* itemsOf(client: DynamoDBClient, TableName: string): AsyncGenerator<Item> {
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName,
        ConsistentRead: true,
        ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
      }),
    );
    yield* page.Items ?? [];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

/** Whether there is a table of this name. */
export async function hasTable(client: DynamoDBClient, TableName: string): Promise<boolean> {
  try {
    await client.send(new DescribeTableCommand({ TableName }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

/** Takes a table away with all that is in it. There need not be one. */
export async function removeTable(client: DynamoDBClient, TableName: string): Promise<void> {
  if (!(await hasTable(client, TableName))) return;
  await client.send(new DeleteTableCommand({ TableName }));
  await waitUntilTableNotExists({ client, maxWaitTime: longestWaitSeconds }, { TableName });
}

/** Makes an empty table with the keys and indexes of another. Its stream and its backups are not copied. */
export async function makeTableLike(
  client: DynamoDBClient,
  source: string,
  TableName: string,
): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: source }));
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: Table?.KeySchema,
      AttributeDefinitions: Table?.AttributeDefinitions,
      GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: longestWaitSeconds }, { TableName });
}

/** Writes items as they are; twice is as once. @returns how many */
export async function writeItems(
  client: DynamoDBClient,
  TableName: string,
  items: AsyncIterable<Item>,
): Promise<number> {
  let count = 0;
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    count++;
    if (batch.length < itemsPerBatch) continue;
    await writeBatch(client, TableName, batch);
    batch = [];
  }
  if (batch.length > 0) await writeBatch(client, TableName, batch);
  return count;
}

async function writeBatch(client: DynamoDBClient, TableName: string, items: readonly Item[]): Promise<void> {
  let waiting = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const { UnprocessedItems = {} } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [TableName]: waiting } }),
    );
    const left = UnprocessedItems[TableName] ?? [];
    if (left.length === 0) return;
    waiting = left.flatMap(({ PutRequest }) =>
      PutRequest?.Item ? [{ PutRequest: { Item: PutRequest.Item } }] : [],
    );
    await new Promise((resolve) => setTimeout(resolve, firstPauseMilliseconds * 2 ** attempt));
  }
  throw new Error(`${waiting.length} items could not be written to ${TableName}.`);
}

/** What a set of items is: how many of each entity, and one digest of them all, whatever their order. */
export interface Summary {
  readonly counts: ReadonlyMap<string, number>;
  readonly digest: string;
}

export async function summaryOf(items: AsyncIterable<Item>): Promise<Summary> {
  const counts = new Map<string, number>();
  let sum = 0n;
  for await (const item of items) {
    const entity = item.__edb_e__?.S ?? "other";
    counts.set(entity, (counts.get(entity) ?? 0) + 1);
    sum += BigInt(`0x${createHash("sha256").update(lineOf(item)).digest("hex")}`);
  }
  return { counts, digest: BigInt.asUintN(256, sum).toString(16).padStart(64, "0") };
}

/** One item as one line of JSON, its attributes in the order of their names, bytes in base64. */
export function lineOf(item: Item): string {
  return JSON.stringify(ordered(item));
}

function ordered(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, ordered(each)]),
  );
}

/** The item of a line. */
export function itemOf(line: string): Item {
  return JSON.parse(line, (_, value: unknown) =>
    typeof value === "object" && value !== null && "bytes" in value && typeof value.bytes === "string"
      ? Buffer.from(value.bytes, "base64")
      : value,
  ) as Item;
}

/** How many items of each entity one has more than the other; empty when both are alike. */
export function differencesOf(before: Summary, after: Summary): string[] {
  const names = [...new Set([...before.counts.keys(), ...after.counts.keys()])].sort();
  const found = names
    .map((name) => [name, before.counts.get(name) ?? 0, after.counts.get(name) ?? 0] as const)
    .filter(([, one, other]) => one !== other)
    .map(([name, one, other]) => `${name}: ${one} here, ${other} there`);
  if (found.length > 0 || before.digest === after.digest) return found;
  return ["As many of each, and some of them differ."];
}
