import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { Resource } from "sst";

interface Request {
  readonly pathParameters: { readonly id: string };
  readonly body?: string;
  readonly requestContext: {
    readonly authorizer?: { readonly jwt: { readonly claims: { readonly sub: string } } };
  };
}

const client = new DynamoDBClient({});
const TableName = Resource.Notes.name;

export async function get({ pathParameters }: Request) {
  const { Item } = await client.send(
    new GetItemCommand({ TableName, Key: { id: { S: pathParameters.id } }, ConsistentRead: true }),
  );
  return Item ? { id: pathParameters.id, ...JSON.parse(Item.value?.S ?? "{}") } : { statusCode: 404 };
}

export async function put({ pathParameters, body, requestContext }: Request) {
  const owner = requestContext.authorizer?.jwt.claims.sub;
  const value = JSON.stringify({ text: body, owner });
  await client.send(
    new PutItemCommand({ TableName, Item: { id: { S: pathParameters.id }, value: { S: value } } }),
  );
  return { statusCode: 204 };
}
