import type {
  CreateTableCommandInput,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  Projection,
  ScalarAttributeType,
  StreamViewType,
} from "@aws-sdk/client-dynamodb";

/** The inputs of `aws:dynamodb/table:Table` that mean something on this machine. */
export interface TableInputs {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
  readonly hashKey: string;
  readonly rangeKey?: string;
  readonly globalSecondaryIndexes?: readonly IndexInputs[];
  readonly localSecondaryIndexes?: readonly IndexInputs[];
  readonly streamEnabled?: boolean;
  readonly streamViewType?: string;
  readonly ttl?: { readonly attributeName: string; readonly enabled?: boolean };
}

interface IndexInputs {
  readonly name: string;
  readonly hashKey?: string;
  readonly rangeKey?: string;
  readonly keySchemas?: readonly { readonly attributeName: string; readonly keyType: string }[];
  readonly projectionType?: string;
  readonly nonKeyAttributes?: readonly string[];
}

/** The declared table as a CreateTable request. */
export function toCreateTable(inputs: TableInputs): CreateTableCommandInput & {
  readonly AttributeDefinitions: { AttributeName: string; AttributeType: ScalarAttributeType }[];
} {
  const globalIndexes: GlobalSecondaryIndex[] = (inputs.globalSecondaryIndexes ?? []).map((index) => ({
    IndexName: index.name,
    KeySchema: index.keySchemas
      ? index.keySchemas.map((key) => keyElement(key.attributeName, key.keyType as "HASH" | "RANGE"))
      : keySchema(index.hashKey ?? inputs.hashKey, index.rangeKey),
    Projection: projectionOf(index),
  }));
  const localIndexes: LocalSecondaryIndex[] = (inputs.localSecondaryIndexes ?? []).map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(inputs.hashKey, index.rangeKey),
    Projection: projectionOf(index),
  }));
  return {
    TableName: inputs.name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: inputs.attributes.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type as ScalarAttributeType,
    })),
    KeySchema: keySchema(inputs.hashKey, inputs.rangeKey),
    ...(globalIndexes.length > 0 ? { GlobalSecondaryIndexes: globalIndexes } : {}),
    ...(localIndexes.length > 0 ? { LocalSecondaryIndexes: localIndexes } : {}),
    ...(inputs.streamEnabled
      ? {
          StreamSpecification: {
            StreamEnabled: true,
            StreamViewType: inputs.streamViewType as StreamViewType,
          },
        }
      : {}),
  };
}

/** The attribute that parts the items of a table or of one of its indexes; `undefined` when there is no such index. */
export function partitionKeyOf(inputs: TableInputs, indexName: string | undefined): string | undefined {
  if (!indexName) return inputs.hashKey;
  const index = inputs.globalSecondaryIndexes?.find(({ name }) => name === indexName);
  if (index) {
    const declared = index.keySchemas?.find(({ keyType }) => keyType === "HASH")?.attributeName;
    return declared ?? index.hashKey ?? inputs.hashKey;
  }
  return inputs.localSecondaryIndexes?.some(({ name }) => name === indexName) ? inputs.hashKey : undefined;
}

function keySchema(hashKey: string, rangeKey: string | undefined): KeySchemaElement[] {
  return [keyElement(hashKey, "HASH"), ...(rangeKey ? [keyElement(rangeKey, "RANGE")] : [])];
}

function keyElement(AttributeName: string, KeyType: "HASH" | "RANGE"): KeySchemaElement {
  return { AttributeName, KeyType };
}

function projectionOf(index: IndexInputs): Projection {
  return {
    ProjectionType: (index.projectionType ?? "ALL") as "ALL" | "KEYS_ONLY" | "INCLUDE",
    ...(index.nonKeyAttributes ? { NonKeyAttributes: [...index.nonKeyAttributes] } : {}),
  };
}
