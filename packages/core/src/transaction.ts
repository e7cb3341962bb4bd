import { type CancellationReason, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Entity, Schema, TransactWriteEntity, TransactWriteItem } from "electrodb";
import { AppError } from "./errors.ts";
import type { Table } from "./table.ts";

/**
 * An entity whose writes end in `commit()`, which describes them as items of a transaction.
 * ElectroDB offers them only inside one function per transaction; there it hands out the
 * entity itself, under this type. Items of several nouns can be put together this way.
 */
export function inTransaction<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
>(entity: Entity<A, F, C, S>): TransactWriteEntity<A, F, C, S> {
  return entity as unknown as TransactWriteEntity<A, F, C, S>;
}

interface Commit {
  readonly written: boolean;
  /** For each item in its order: whether its condition did not hold. */
  readonly refused: readonly boolean[];
}

const attempts = 8;
const firstDelayMilliseconds = 20;
const longestDelayMilliseconds = 400;

/**
 * Writes all items or none, and says whose condition did not hold. Two transactions that
 * touch one item at the same moment cancel each other (`TransactionConflict`). The SDK
 * does not try those again, so this does.
 * @throws AppError `unavailable` when an item stays busy or the table throttles, `too_large` when an item is beyond 400 KB
 */
export async function commit(
  core: { readonly table: Table },
  items: readonly TransactWriteItem[],
): Promise<Commit> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const reasons = await send(core.table, items);
    if (!reasons) return { written: true, refused: [] };
    const refused = reasons.map(({ Code }) => Code === "ConditionalCheckFailed");
    // A condition that failed stays failed, whatever else was busy at that moment.
    if (refused.includes(true)) return { written: false, refused };
    if (reasons.some(isTooLarge)) throw new AppError("too_large");
    await backOff(attempt);
  }
  throw new AppError("unavailable");
}

/** Why the transaction was cancelled, item by item (`None` for the innocent), or undefined when it was written. */
async function send(
  table: Table,
  items: readonly TransactWriteItem[],
): Promise<CancellationReason[] | undefined> {
  // ElectroDB types the inside of its items loosely.
  const TransactItems = [...items] as TransactWriteCommandInput["TransactItems"];
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems }));
    return undefined;
  } catch (error) {
    if (error instanceof TransactionCanceledException) return error.CancellationReasons ?? [];
    // What DynamoDB can see without looking at the table it refuses for the request as a whole.
    if (error instanceof Error && isTooLarge({ Message: error.message })) throw new AppError("too_large");
    throw error;
  }
}

function isTooLarge({ Message }: CancellationReason): boolean {
  return Message?.startsWith("Item size") ?? false;
}

function backOff(attempt: number): Promise<void> {
  const most = Math.min(firstDelayMilliseconds * 2 ** attempt, longestDelayMilliseconds);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most));
}

/** Whether a write outside of transactions was refused by its condition. ElectroDB wraps what the SDK throws. */
export function isConditionFailed(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && cause.name === "ConditionalCheckFailedException";
}
