import { type AttributeValue, DynamoDBClient, QueryCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { clientSettings, onePerCloud } from "../aws-client.ts";
import type { Cloud } from "../cloud.ts";
import type { Resource } from "../resource.ts";
import { labelOf } from "./failure-source.ts";
import type { IndexView, RowsView, TableView } from "./view.ts";

/** Rows that are read for one page; fewer are shown where an entity is asked for. */
const PAGE_ROWS = 100;
/** What ElectroDB writes into each row to say which entity it is. */
const ENTITY = "__edb_e__";

export interface Tables {
  list(): TableView[];
  /**
   * One page of rows: those of a partition when one is named, else of the whole table.
   * @returns undefined when there is no such table or index
   */
  rows(name: string, query: URLSearchParams): Promise<RowsView | undefined>;
}

const clientOf = onePerCloud((cloud) => new DynamoDBClient(clientSettings(cloud.endpoints.dynamodb)));

/** The tables of a cloud, for people. Never more than a page is read at a time. */
export function watchTables(cloud: Cloud): Tables {
  const declared = cloud.resources.filter(({ type }) => type === "aws:dynamodb/table:Table");
  const views = declared.map(describeTable);
  return {
    list: () => views,
    async rows(name, query) {
      const indexName = query.get("index") || undefined;
      const index = views.find((one) => one.name === name)?.indexes.find((one) => one.name === indexName);
      if (!index) return undefined;
      const partition = query.get("partition");
      const cursor = query.get("cursor");
      const page = {
        TableName: name,
        Limit: PAGE_ROWS,
        ...(indexName ? { IndexName: indexName } : {}),
        ...(cursor ? { ExclusiveStartKey: JSON.parse(cursor) as Record<string, AttributeValue> } : {}),
      };
      const command = partition
        ? new QueryCommand({ ...page, ...keyCondition(index, partition, query.get("prefix")) })
        : new ScanCommand(page);
      const { Items = [], LastEvaluatedKey } = await clientOf(cloud).send(command as QueryCommand);
      const entity = query.get("entity");
      const rows = Items.map((item) => ({
        ...(item[ENTITY]?.S ? { entity: item[ENTITY].S } : {}),
        partition: String(plain(item[index.partition])),
        ...(index.sort ? { sort: String(plain(item[index.sort])) } : {}),
        attributes: Object.fromEntries(Object.entries(item).map(([key, value]) => [key, plain(value)])),
      }));
      return {
        rows: rows.filter((row) => !entity || row.entity === entity),
        entities: [...new Set(rows.flatMap((row) => row.entity ?? []))].toSorted(),
        ...(LastEvaluatedKey ? { cursor: JSON.stringify(LastEvaluatedKey) } : {}),
      };
    },
  };
}

function describeTable({ inputs, ...resource }: Resource): TableView {
  const secondary: IndexView[] = [
    ...(inputs.globalSecondaryIndexes ?? []),
    ...(inputs.localSecondaryIndexes ?? []).map((one: object) => ({ hashKey: inputs.hashKey, ...one })),
  ].map(({ name, hashKey, rangeKey }) => ({
    name,
    partition: hashKey,
    ...(rangeKey ? { sort: rangeKey } : {}),
  }));
  const primary: IndexView = {
    partition: inputs.hashKey,
    ...(inputs.rangeKey ? { sort: inputs.rangeKey } : {}),
  };
  return {
    name: inputs.name,
    label: labelOf({ ...resource, inputs } as Resource),
    indexes: [primary, ...secondary],
  };
}

function keyCondition({ partition, sort }: IndexView, value: string, prefix: string | null) {
  const hasPrefix = Boolean(prefix && sort);
  return {
    KeyConditionExpression: hasPrefix ? "#p = :p AND begins_with(#s, :s)" : "#p = :p",
    ExpressionAttributeNames: { "#p": partition, ...(hasPrefix ? { "#s": sort ?? "" } : {}) },
    ExpressionAttributeValues: { ":p": { S: value }, ...(hasPrefix ? { ":s": { S: prefix ?? "" } } : {}) },
  };
}

/** An attribute as JSON: sets as lists, bytes as Base64. */
function plain(value: AttributeValue | undefined): unknown {
  if (!value || value.NULL) return null;
  if (value.N !== undefined) return Number(value.N);
  if (value.B) return Buffer.from(value.B).toString("base64");
  if (value.BS) return value.BS.map((one) => Buffer.from(one).toString("base64"));
  if (value.L) return value.L.map(plain);
  if (value.M) return Object.fromEntries(Object.entries(value.M).map(([key, one]) => [key, plain(one)]));
  return value.S ?? value.BOOL ?? value.SS ?? value.NS?.map(Number);
}
