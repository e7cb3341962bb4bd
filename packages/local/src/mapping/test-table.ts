import { appendFileSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { clientSettings } from "../aws-client.ts";

export interface TestTable {
  readonly name: string;
  readonly streamArn: string;
  /** Writes an item `{ pk, sk, ... }` of texts. */
  put(pk: string, sk: string, more?: PutItemCommandInput["Item"]): Promise<void>;
}

/** Makes a table with a stream of new and old images, as the app's own. */
export async function createTestTable(url: string, name: string): Promise<TestTable> {
  const client = new DynamoDBClient(clientSettings(url));
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    }),
  );
  return {
    name,
    streamArn: TableDescription?.LatestStreamArn ?? "",
    async put(pk, sk, more = {}) {
      await client.send(
        new PutItemCommand({ TableName: name, Item: { pk: { S: pk }, sk: { S: sk }, ...more } }),
      );
    },
  };
}

/** A file to which a function under test writes one JSON line for each thing it wants to be known. */
export function createJournal() {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "local-journal-")), "lines");
  appendFileSync(file, "");
  return {
    file,
    read: <Line>(): Line[] =>
      existsSync(file)
        ? readFileSync(file, "utf8")
            .split("\n")
            .filter(Boolean)
            .map((line) => JSON.parse(line) as Line)
        : [],
  };
}
