import { Agent, request } from "node:http";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import type { Table } from "../src/table.ts";

/*
 * The SDK's own work for one request is a multiple of what the engine on this machine needs for it.
 * A test of thousands of schedules is spent there, so it sends the same requests by itself.
 */

type Json = Record<string, unknown>;

/** Where requests and answers hold items, by the name of the field. */
const items = new Set(["Item", "Key", "ExpressionAttributeValues", "ExclusiveStartKey", "LastEvaluatedKey"]);
const operations: Readonly<Record<string, string>> = {
  BatchGetCommand: "BatchGetItem",
  BatchWriteCommand: "BatchWriteItem",
  DeleteCommand: "DeleteItem",
  GetCommand: "GetItem",
  PutCommand: "PutItem",
  QueryCommand: "Query",
  TransactWriteCommand: "TransactWriteItems",
};

/** A table on the engine at an address, through a client that does no more than it must. Each has its own. */
export function connectLean(name: string, url: string): Table & { close(): void } {
  const agent = new Agent({ keepAlive: true });
  const send = async (command: { readonly input: object }) => {
    const operation = operations[command.constructor.name];
    if (!operation) throw new Error(`The lean client does not know ${command.constructor.name}.`);
    const body = JSON.stringify(mapItems(command.input as Json, (item) => mapValues(item, toWire)));
    return mapItems(await post(agent, url, operation, body), (item) => mapValues(item, fromWire));
  };
  // The type asks for a whole client, of which nothing but `send` is ever used.
  return { table: name, client: { send } as unknown as Table["client"], close: () => agent.destroy() };
}

function mapValues(item: unknown, turn: (value: never) => unknown): Json {
  const defined = Object.entries(item as object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined.map(([name, value]) => [name, turn(value as never)]));
}

function toWire(value: unknown): Json {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  return Array.isArray(value) ? { L: value.map(toWire) } : { M: mapValues(value, toWire) };
}

function fromWire({ S, N, BOOL, L, M }: Json): unknown {
  if (S !== undefined) return S;
  if (N !== undefined) return Number(N);
  if (BOOL !== undefined) return BOOL;
  if (L) return (L as Json[]).map(fromWire);
  return M ? mapValues(M, fromWire) : null;
}

/** Turns every item in a request or an answer into the other of its two forms. */
function mapItems(value: unknown, turn: (item: unknown) => unknown, field = ""): Json {
  if (items.has(field) && value) return turn(value) as Json;
  if (Array.isArray(value)) {
    const isItems = field === "Keys" || field === "Items" || field === "Responses";
    return value.map((one) => (isItems ? turn(one) : mapItems(one, turn))) as never;
  }
  if (typeof value !== "object" || value === null) return value as never;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      // What a batch read is named by its table.
      mapItems(inner, turn, field === "Responses" ? "Items" : name),
    ]),
  );
}

function post(agent: Agent, url: string, operation: string, body: string): Promise<Json> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "content-length": Buffer.byteLength(body),
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      "x-amz-date": "20261121T000000Z",
      // The engine looks at who asks, and at no signature.
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20261121/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    };
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const answer = JSON.parse(Buffer.concat(parts).toString()) as Json;
        if (response.statusCode === 200) resolve(answer);
        else reject(errorOf(answer));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function errorOf({ __type, message, Message, CancellationReasons }: Json): Error {
  const name = String(__type).split("#").at(-1) ?? "";
  const text = String(message ?? Message);
  if (name === "TransactionCanceledException")
    return new TransactionCanceledException({
      $metadata: {},
      message: text,
      CancellationReasons: CancellationReasons as never,
    });
  return Object.assign(new Error(text), { name });
}
