import { expect, test } from "vitest";
import { partitionKeyOf } from "../provider/dynamodb-declaration.ts";
import { dynamodbAccesses } from "./dynamodb-accesses.ts";

// DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control": `dynamodb:LeadingKeys`
// holds the values of the partition key that a request names.

const table = {
  name: "notes",
  attributes: [],
  hashKey: "pk",
  rangeKey: "sk",
  globalSecondaryIndexes: [{ name: "gsi1", hashKey: "gsi1pk" }],
  localSecondaryIndexes: [{ name: "lsi1", rangeKey: "age" }],
};
const read = dynamodbAccesses({
  arnOf: (name) => `table/${name}`,
  partitionKeyOf: (name, index) => (name === table.name ? partitionKeyOf(table, index) : undefined),
});

function neededBy(operation: string, body: object): string[] {
  const request = { method: "POST", target: "/", operation: `DynamoDB_20120810.${operation}` };
  return read({ ...request, body: JSON.stringify(body) }).map(
    ({ action, resource, context }) =>
      `${action} ${resource} ${context?.["dynamodb:leadingkeys"]?.join() ?? "no key"}`,
  );
}

const TableName = "notes";
const Key = { pk: { S: "note#1" }, sk: { S: "a" } };
const values = { ExpressionAttributeValues: { ":p": { S: "owner#1" }, ":s": { S: "b" } } };

test.each([
  ["GetItem", { TableName, Key }, ["dynamodb:GetItem table/notes note#1"]],
  ["UpdateItem", { TableName, Key }, ["dynamodb:UpdateItem table/notes note#1"]],
  ["PutItem", { TableName, Item: { ...Key, text: { S: "x" } } }, ["dynamodb:PutItem table/notes note#1"]],
  [
    "Query",
    {
      TableName,
      KeyConditionExpression: "#p = :p and #s > :s",
      ExpressionAttributeNames: { "#p": "pk", "#s": "sk" },
      ...values,
    },
    ["dynamodb:Query table/notes owner#1"],
  ],
  [
    "Query",
    { TableName, IndexName: "gsi1", KeyConditionExpression: "sk = :s AND gsi1pk=:p", ...values },
    ["dynamodb:Query table/notes/index/gsi1 owner#1"],
  ],
  [
    "Query",
    { TableName, IndexName: "lsi1", KeyConditionExpression: "pk = :p", ...values },
    ["dynamodb:Query table/notes/index/lsi1 owner#1"],
  ],
  ["Scan", { TableName, IndexName: "gsi1" }, ["dynamodb:Scan table/notes/index/gsi1 no key"]],
  ["GetItem", { TableName: "other", Key }, ["dynamodb:GetItem table/other no key"]],
  [
    "BatchGetItem",
    { RequestItems: { notes: { Keys: [Key, { pk: { S: "note#2" } }, Key] } } },
    ["dynamodb:BatchGetItem table/notes note#1", "dynamodb:BatchGetItem table/notes note#2"],
  ],
  [
    "BatchWriteItem",
    {
      RequestItems: {
        notes: [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key: { pk: { S: "note#2" } } } }],
      },
    },
    ["dynamodb:BatchWriteItem table/notes note#1", "dynamodb:BatchWriteItem table/notes note#2"],
  ],
  [
    "TransactWriteItems",
    {
      TransactItems: [
        { Put: { TableName, Item: Key } },
        { ConditionCheck: { TableName, Key: { pk: { S: "user#1" } } } },
      ],
    },
    ["dynamodb:PutItem table/notes note#1", "dynamodb:ConditionCheckItem table/notes user#1"],
  ],
])("%s %j", (operation, body, needed) => {
  expect(neededBy(operation, body)).toEqual(needed);
});
