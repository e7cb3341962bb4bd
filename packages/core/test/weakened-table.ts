import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../src/table.ts";

type Item = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** Takes a condition out of every transaction, as if the code had forgotten it. */
export function weakenTable(table: Table, edit: (item: Item) => Item | undefined): void {
  const { client } = table;
  const send = client.send.bind(client) as (command: unknown, ...rest: unknown[]) => Promise<unknown>;
  client.send = (async (command: unknown, ...rest: unknown[]) => {
    if (!(command instanceof TransactWriteCommand)) return send(command, ...rest);
    const TransactItems = (command.input.TransactItems ?? []).flatMap((item) => edit(item) ?? []);
    return send(new TransactWriteCommand({ ...command.input, TransactItems }), ...rest);
  }) as typeof client.send;
}

/** Without its condition. */
export function withoutCondition(item: Item): Item {
  if (!item.Put) return item;
  const { ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues, ...Put } = item.Put;
  return { Put };
}

export function entityOf(item: Item): string {
  return String(item.Put?.Item?.__edb_e__ ?? item.ConditionCheck?.Key?.sk ?? "");
}
