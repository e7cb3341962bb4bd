import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** ElectroDB's service name, the first part of every key. */
export const service = "haru";

/** The table and the client that reaches it, in the terms of ElectroDB's configuration. */
export interface Table {
  readonly table: string;
  readonly client: DynamoDBDocumentClient;
}

export function connectTable(name: string, client: DynamoDBClient): Table {
  return {
    table: name,
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  };
}

/** Builds an entity at most once per table, since reading a model costs more than most requests. */
export function onTable<E>(build: (table: Table) => E): (core: { readonly table: Table }) => E {
  const built = new WeakMap<Table, E>();
  return ({ table }) => {
    const entity = built.get(table) ?? build(table);
    built.set(table, entity);
    return entity;
  };
}

/** One half of a key. Ids and slugs are stored as they are, where ElectroDB would lower their case. */
export function key<const Field extends string, const Composite extends readonly string[]>(
  field: Field,
  composite: Composite,
) {
  return { field, composite, casing: "none" } as const;
}
