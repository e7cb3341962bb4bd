import { type Json, operationOf, parse, type ReadAccesses, type ServiceRequest } from "./accesses.ts";
import type { Access } from "./judge.ts";

/** What has to be known of the declared tables to say what a call needs. */
export interface TableNames {
  /** The ARN of a table as the program knows it, from its name. */
  arnOf(tableName: string): string;
  /** Name of the attribute that is the partition key of a table or of one of its indexes. */
  partitionKeyOf(tableName: string, indexName: string | undefined): string | undefined;
}

/** Several actions of the same name for calls that carry many. */
const TRANSACTED = {
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
} as const;

type Item = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** One call about items, or one part of a transaction or a batch. */
interface ItemRequest {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

/** Parts of `RequestItems`: keys of `BatchGetItem`, or writes of `BatchWriteItem`. */
type BatchPart =
  | { readonly Keys: readonly Item[] }
  | readonly { readonly PutRequest?: { Item: Item }; readonly DeleteRequest?: { Key: Item } }[];

export function dynamodbAccesses(tables: TableNames): ReadAccesses {
  const nameOf = (nameOrArn: string) => nameOrArn.replace(/^arn:.*:table\//, "");
  const arnOf = (nameOrArn: string) => (nameOrArn.startsWith("arn:") ? nameOrArn : tables.arnOf(nameOrArn));

  /** `dynamodb:LeadingKeys`: the values of the partition key that a call names. */
  function contextOf(request: ItemRequest): Pick<Access, "context"> {
    const name = tables.partitionKeyOf(nameOf(request.TableName), request.IndexName);
    const value = name && (partitionIn(request.Key ?? request.Item, name) ?? partitionOfQuery(request, name));
    return value === undefined ? {} : { context: { "dynamodb:leadingkeys": [value] } };
  }

  function accessTo(action: string, request: ItemRequest): Access {
    const table = arnOf(request.TableName);
    const resource = request.IndexName ? `${table}/index/${request.IndexName}` : table;
    return { action: `dynamodb:${action}`, resource, ...contextOf(request) };
  }

  return (request: ServiceRequest) => {
    const action = operationOf(request);
    const input: Json = parse(request);
    if (action.startsWith("Transact")) {
      const parts = (input.TransactItems ?? []) as Readonly<Record<string, ItemRequest>>[];
      return distinct(
        parts.flatMap((part) =>
          Object.entries(part).map(([kind, one]) =>
            accessTo(TRANSACTED[kind as keyof typeof TRANSACTED] ?? kind, one),
          ),
        ),
      );
    }
    if (input.RequestItems) {
      const byTable = Object.entries(input.RequestItems as Readonly<Record<string, BatchPart>>);
      return distinct(
        byTable.flatMap(([TableName, part]) =>
          itemsOf(part).map((Key) => accessTo(action, { TableName, Key })),
        ),
      );
    }
    if (typeof input.StreamArn === "string" && action !== "GetRecords") {
      return [{ action: `dynamodb:${action}`, resource: input.StreamArn }];
    }
    if (typeof input.TableName !== "string") return [{ action: `dynamodb:${action}`, resource: "*" }];
    return [accessTo(action, input as unknown as ItemRequest)];
  };
}

function itemsOf(part: BatchPart): readonly Item[] {
  if ("Keys" in part) return part.Keys;
  return part.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {});
}

function partitionIn(item: Item | undefined, name: string): string | undefined {
  const [value] = Object.values(item?.[name] ?? {});
  return value === undefined ? undefined : String(value);
}

/** The partition of a query is the one attribute that its key condition compares by equality and that is the key. */
function partitionOfQuery(request: ItemRequest, name: string): string | undefined {
  const { KeyConditionExpression = "", ExpressionAttributeNames: names = {} } = request;
  for (const [, attribute = "", value = ""] of KeyConditionExpression.matchAll(/(#?[\w.-]+)\s*=\s*(:\w+)/g)) {
    if ((names[attribute] ?? attribute) === name)
      return partitionIn(request.ExpressionAttributeValues, value);
  }
  return undefined;
}

function distinct(accesses: readonly Access[]): Access[] {
  return [...new Map(accesses.map((access) => [JSON.stringify(access), access])).values()];
}
