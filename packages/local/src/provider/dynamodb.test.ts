import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type BareCloud, bareCloud } from "../../test/bare-cloud.ts";
import { borrowEngine } from "../../test/shared-engines.ts";
import { clientSettings } from "../aws-client.ts";
import { dynamodbProviders } from "./dynamodb.ts";

let cloud: BareCloud;
let client: DynamoDBClient;

beforeAll(async () => {
  const url = await borrowEngine("table");
  cloud = bareCloud({ dynamodb: url });
  client = new DynamoDBClient(clientSettings(url));
});
afterEach(async () => void (await client.send(new DeleteTableCommand({ TableName: "Notes" }))));
afterAll(async () => {
  client.destroy();
  await cloud.stop();
});

const declared = {
  name: "Notes",
  attributes: ["pk", "sk", "gsi1pk", "gsi1sk"].map((name) => ({ name, type: "S" })),
  hashKey: "pk",
  rangeKey: "sk",
  globalSecondaryIndexes: [{ name: "gsi1", hashKey: "gsi1pk", rangeKey: "gsi1sk", projectionType: "ALL" }],
  streamEnabled: true,
  streamViewType: "NEW_AND_OLD_IMAGES",
  ttl: { attributeName: "expiresAt", enabled: true },
};
const declare = (inputs: Record<string, unknown>) =>
  cloud.provision(dynamodbProviders["aws:dynamodb/table:Table"], "NotesTable", inputs);
const described = async () => (await client.send(new DescribeTableCommand({ TableName: "Notes" }))).Table;

test("a table is created as declared: key, index, stream and time to live", async () => {
  const { id, state } = await declare(declared);
  const table = await described();
  expect(id).toBe("Notes");
  expect(state.arn).toBe(table?.TableArn);
  expect(state.streamArn).toBe(table?.LatestStreamArn);
  expect(table?.KeySchema?.map((key) => key.AttributeName)).toEqual(["pk", "sk"]);
  expect(table?.StreamSpecification?.StreamViewType).toBe("NEW_AND_OLD_IMAGES");
  const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: "Notes" }));
  expect(ttl.TimeToLiveDescription).toEqual({ AttributeName: "expiresAt", TimeToLiveStatus: "ENABLED" });
});

test("a second start with the same declaration keeps the rows and the stream", async () => {
  const first = await declare(declared);
  await client.send(new PutItemCommand({ TableName: "Notes", Item: { pk: { S: "a" }, sk: { S: "b" } } }));
  const second = await declare(declared);
  expect(second).toEqual(first);
  expect((await described())?.ItemCount).toBe(1);
});

test("a new index is filled from the kept rows, and an index that is no longer declared goes", async () => {
  await declare(declared);
  const Item = { pk: { S: "a" }, sk: { S: "b" }, gsi2pk: { S: "c" } };
  await client.send(new PutItemCommand({ TableName: "Notes", Item }));
  await declare({
    ...declared,
    attributes: ["pk", "sk", "gsi2pk"].map((name) => ({ name, type: "S" })),
    globalSecondaryIndexes: [{ name: "gsi2", hashKey: "gsi2pk", projectionType: "ALL" }],
  });
  const found = await client.send(
    new QueryCommand({
      TableName: "Notes",
      IndexName: "gsi2",
      KeyConditionExpression: "gsi2pk = :c",
      ExpressionAttributeValues: { ":c": { S: "c" } },
    }),
  );
  expect(found.Items).toEqual([Item]);
  expect((await described())?.GlobalSecondaryIndexes?.map((index) => index.IndexName)).toEqual(["gsi2"]);
});

test("an index that changed its key is built anew", async () => {
  await declare(declared);
  const changed = [{ name: "gsi1", hashKey: "gsi1pk", rangeKey: "sk", projectionType: "KEYS_ONLY" }];
  const attributes = ["pk", "sk", "gsi1pk"].map((name) => ({ name, type: "S" }));
  await declare({ ...declared, attributes, globalSecondaryIndexes: changed });
  const index = (await described())?.GlobalSecondaryIndexes?.[0];
  expect(index?.KeySchema?.map((key) => key.AttributeName)).toEqual(["gsi1pk", "sk"]);
  expect(index?.Projection?.ProjectionType).toBe("KEYS_ONLY");
});

test("a stream that shows something else becomes a new stream; one that is not declared ends", async () => {
  const before = await declare(declared);
  const after = await declare({ ...declared, streamViewType: "KEYS_ONLY" });
  expect(after.state.streamArn).not.toBe(before.state.streamArn);
  await declare({ ...declared, streamEnabled: false, ttl: undefined });
  expect((await described())?.StreamSpecification?.StreamEnabled ?? false).toBe(false);
  const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: "Notes" }));
  expect(ttl.TimeToLiveDescription?.TimeToLiveStatus).toBe("DISABLED");
});

test("another key than the kept one is refused with both keys and the way out", async () => {
  await declare(declared);
  const attributes = [{ name: "id", type: "N" }];
  const other = { name: "Notes", attributes, hashKey: "id" };
  await expect(declare(other)).rejects.toThrow(
    "The table Notes is kept from an earlier start with the key (pk: S, sk: S), but the program declares (id: N): " +
      "declare what is kept, or empty the local data with `local-cloud reset`.",
  );
});
