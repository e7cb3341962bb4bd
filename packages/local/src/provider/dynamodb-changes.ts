import type {
  AttributeDefinition,
  CreateTableCommandInput,
  GlobalSecondaryIndex,
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
  TableDescription,
} from "@aws-sdk/client-dynamodb";
import { type TableInputs, toCreateTable } from "./dynamodb-declaration.ts";

/**
 * What can never change in a table: its key and its local indexes. AWS would
 * replace the table, with the loss of all rows; here the developer decides.
 * @throws Error with one sentence
 */
export function assertSameKeys(declared: TableInputs, kept: TableDescription): void {
  const wanted = toCreateTable(declared);
  const before = keyText(kept.KeySchema, kept.AttributeDefinitions);
  const after = keyText(wanted.KeySchema, wanted.AttributeDefinitions);
  const localBefore = indexTexts(kept.LocalSecondaryIndexes, kept.AttributeDefinitions);
  const localAfter = indexTexts(wanted.LocalSecondaryIndexes, wanted.AttributeDefinitions);
  const difference =
    before !== after
      ? `the key ${before}, but the program declares ${after}`
      : localBefore !== localAfter
        ? `the local indexes [${localBefore}], but the program declares [${localAfter}]`
        : undefined;
  if (difference) {
    throw new Error(
      `The table ${declared.name} is kept from an earlier start with ${difference}: ` +
        "declare what is kept, or empty the local data with `local-cloud reset`.",
    );
  }
}

/** Global indexes that must go and that must come. One that changed does both. */
export function changedIndexes(
  wanted: CreateTableCommandInput,
  kept: TableDescription,
): { toDelete: string[]; toCreate: GlobalSecondaryIndex[] } {
  const before = new Map((kept.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName ?? "", index]));
  const after = new Map((wanted.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName ?? "", index]));
  const isSame = (name: string) =>
    indexText(before.get(name), kept.AttributeDefinitions) ===
    indexText(after.get(name), wanted.AttributeDefinitions);
  return {
    toDelete: [...before.keys()].filter((name) => !isSame(name)),
    toCreate: [...after].filter(([name]) => !isSame(name)).map(([, index]) => index),
  };
}

/** For instance `(pk: S, sk: S)`. */
function keyText(
  schema: readonly KeySchemaElement[] | undefined,
  definitions: readonly AttributeDefinition[] | undefined,
): string {
  const typeOf = (name: string | undefined) =>
    definitions?.find((definition) => definition.AttributeName === name)?.AttributeType ?? "?";
  const parts = (schema ?? []).map((key) => `${key.AttributeName}: ${typeOf(key.AttributeName)}`);
  return `(${parts.join(", ")})`;
}

type Index = Pick<GlobalSecondaryIndexDescription, "IndexName" | "KeySchema" | "Projection">;

function indexText(
  index: Index | undefined,
  definitions: readonly AttributeDefinition[] | undefined,
): string | undefined {
  if (!index) return undefined;
  const projected = [...(index.Projection?.NonKeyAttributes ?? [])].sort().join(",");
  const key = keyText(index.KeySchema, definitions);
  return `${index.IndexName} ${key} ${index.Projection?.ProjectionType} ${projected}`.trim();
}

function indexTexts(
  indexes: readonly Index[] | undefined,
  definitions: readonly AttributeDefinition[] | undefined,
): string {
  return (indexes ?? [])
    .map((index) => indexText(index, definitions))
    .sort()
    .join("; ");
}
