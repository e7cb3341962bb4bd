import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type StreamViewType,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { clientSettings, onePerCloud } from "../aws-client.ts";
import type { Providers } from "../cloud.ts";
import { assertSameKeys, changedIndexes } from "./dynamodb-changes.ts";
import { type TableInputs, toCreateTable } from "./dynamodb-declaration.ts";

const ACTIVE_WITHIN_MS = 60_000;

const clientOf = onePerCloud((cloud) => new DynamoDBClient(clientSettings(cloud.endpoints.dynamodb)));

/** Tables, which are kept over restarts and brought to what the program declares now. */
export const dynamodbProviders: Providers = {
  "aws:dynamodb/table:Table": async ({ inputs }, cloud) => {
    const declared = inputs as TableInputs;
    const client = clientOf(cloud);
    const kept = await describe(client, declared.name);
    if (kept) await update(client, declared, kept);
    else await client.send(new CreateTableCommand(toCreateTable(declared)));
    const table = await whenActive(client, declared.name);
    await applyTimeToLive(client, declared);
    return {
      id: declared.name,
      // Both as the engine says them, with its region `ddblocal`: it knows streams by no other name.
      state: {
        arn: table.TableArn,
        streamArn: table.LatestStreamArn ?? "",
        streamLabel: table.LatestStreamLabel ?? "",
      },
    };
  },
};

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** One change at a time, as DynamoDB wants them. */
async function update(client: DynamoDBClient, declared: TableInputs, kept: TableDescription): Promise<void> {
  assertSameKeys(declared, kept);
  const TableName = declared.name;
  const wanted = toCreateTable(declared);
  const { toDelete, toCreate } = changedIndexes(wanted, kept);
  for (const IndexName of toDelete) {
    await client.send(
      new UpdateTableCommand({ TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] }),
    );
    await whenActive(client, TableName);
  }
  for (const index of toCreate) {
    await client.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions: wanted.AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create: index }],
      }),
    );
    await whenActive(client, TableName);
  }
  await updateStream(client, declared, kept);
}

/** The view of a stream cannot change: the old stream ends and a new one begins. */
async function updateStream(
  client: DynamoDBClient,
  declared: TableInputs,
  kept: TableDescription,
): Promise<void> {
  const before = kept.StreamSpecification?.StreamEnabled
    ? kept.StreamSpecification.StreamViewType
    : undefined;
  const after = declared.streamEnabled ? declared.streamViewType : undefined;
  if (before === after) return;
  const TableName = declared.name;
  if (before) {
    await client.send(new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: false } }));
    await whenActive(client, TableName);
  }
  if (after) {
    const StreamViewType = after as StreamViewType;
    await client.send(
      new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: true, StreamViewType } }),
    );
  }
}

async function applyTimeToLive(client: DynamoDBClient, declared: TableInputs): Promise<void> {
  const TableName = declared.name;
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const before =
    TimeToLiveDescription?.TimeToLiveStatus === "ENABLED" ? TimeToLiveDescription.AttributeName : undefined;
  const after = declared.ttl?.enabled ? declared.ttl.attributeName : undefined;
  if (before === after) return;
  const set = (AttributeName: string, Enabled: boolean) =>
    client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
    );
  if (before) await set(before, false);
  if (after) await set(after, true);
}

async function whenActive(client: DynamoDBClient, name: string): Promise<TableDescription> {
  const deadline = Date.now() + ACTIVE_WITHIN_MS;
  for (;;) {
    const table = await describe(client, name);
    const indexesAreActive = table?.GlobalSecondaryIndexes?.every((index) => index.IndexStatus === "ACTIVE");
    if (table?.TableStatus === "ACTIVE" && (indexesAreActive ?? true)) return table;
    if (Date.now() > deadline) {
      throw new Error(`The table ${name} was not ready within ${ACTIVE_WITHIN_MS / 1000} seconds.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
