import { randomUUID } from "node:crypto";
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { borrowEngine } from "../../local/test/shared-engines.ts";
import { connectTable, type Table } from "../src/table.ts";
import { tableDefinition } from "../src/table-definition.ts";

export interface TestTable {
  readonly table: Table;
  /** Address of the engine. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A table of its own, in memory, on the engine that all tests of a run share. */
export async function startTable(): Promise<TestTable> {
  const url = await borrowEngine("table");
  const client = new DynamoDBClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const name = `haru-test-${randomUUID()}`;
  await createTable(client, name);
  return {
    table: connectTable(name, client),
    url,
    async stop() {
      await client.send(new DeleteTableCommand({ TableName: name }));
      client.destroy();
    },
  };
}

async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  const { primary, globalIndexes } = tableDefinition;
  const keyOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => [
    { AttributeName: pk, KeyType: "HASH" as const },
    { AttributeName: sk, KeyType: "RANGE" as const },
  ];
  const attributes = [primary, ...Object.values(globalIndexes)].flatMap(({ pk, sk }) => [pk, sk]);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: keyOf(primary),
      GlobalSecondaryIndexes: Object.entries(globalIndexes).map(([IndexName, keys]) => ({
        IndexName,
        KeySchema: keyOf(keys),
        Projection: { ProjectionType: "ALL" },
      })),
    }),
  );
}
