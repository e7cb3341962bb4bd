import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { Resource } from "sst";

const client = new DynamoDBClient({});

/** Writes what a function saw into the table, for the test to read, and counts how often. */
export async function save(id: string, value: unknown): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      TableName: Resource.Notes.name,
      Key: { id: { S: id } },
      UpdateExpression: "SET #value = :value ADD seen :one",
      ExpressionAttributeNames: { "#value": "value" },
      ExpressionAttributeValues: { ":value": { S: JSON.stringify(value) }, ":one": { N: "1" } },
    }),
  );
}
