/**
 * What the way through the front door, the authorizer and a Lambda worker adds to the
 * same DynamoDB calls made directly. Both sides take turns in one run.
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { accounts } from "@haru/core/account/account.entity";
import type { AccountId, PostId } from "@haru/core/id";
import { posts } from "@haru/core/post/post.entity";
import { signIn, startSeededCloud } from "./cloud.ts";
import { type Figure, quantile, timeMs } from "./figure.ts";

const warmUps = 100;
const samples = 500;
const goalOverheadMs = 5;

interface RowKey {
  readonly pk: string;
  readonly sk: string;
}

export async function measure(): Promise<Figure[]> {
  const cloud = await startSeededCloud();
  try {
    const token = await signIn(cloud);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const call = async (path: string, init?: RequestInit) => {
      const response = await fetch(`${cloud.frontDoorUrl}/api${path}`, { ...init, headers });
      const body = await response.json();
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(body)}`);
      return body;
    };
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint: cloud.endpoints.dynamodb,
        region: "us-east-1",
        credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
      }),
    );
    const TableName = (cloud.links.Table as { name: string }).name;

    const list = (await call("/author/posts?limit=1")) as { items: { postId: string }[] };
    const postId = list.items[0]?.postId;
    if (!postId) throw new Error("There is no sample post to read.");
    const draft = (await call(`/author/posts/${postId}`)) as Record<string, unknown> & { revision: number };
    const { lang: _lang, workId: _workId, state: _state, publishedRevision: _published, ...rest } = draft;
    const { publishedAt: _at, createdAt: _created, updatedAt: _updated, ...fields } = rest;
    let revision = draft.revision;

    const read = () => call(`/author/posts/${postId}`);
    const write = async () => {
      const { postId: _id, ...body } = fields;
      const saved = (await call(`/author/posts/${postId}`, {
        method: "PUT",
        body: JSON.stringify({ ...body, revision, description: `bench ${revision}` }),
      })) as { revision: number };
      revision = saved.revision;
    };
    // The same calls. First each request's own: the account and the session, two rows at once (decision 9).
    const { accountId } = (await call("/profile")) as { accountId: AccountId };
    const table = { table: TableName, client };
    const { Key: account } = accounts({ table }).get({ accountId }).params<{ readonly Key: RowKey }>();
    const readRow = (Key: RowKey) =>
      client.send(new GetCommand({ TableName, Key, ConsistentRead: true })).then(({ Item }) => Item);
    const admit = () => Promise.all([readRow(account), readRow(account)]);
    // Then a query of the draft's rows, or a read and a transaction of those rows with a condition.
    const { Key } = posts({ table })
      .get({ postId: postId as PostId })
      .params<{ readonly Key: RowKey }>();
    const readRows = async () => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :draft)",
          ExpressionAttributeValues: { ":pk": Key.pk, ":draft": "$draft" },
        }),
      );
      if (Items.length < 2) throw new Error(`Not all of a draft is kept below ${Key.pk}.`);
      return Items;
    };
    const directRead = async () => {
      await admit();
      await readRows();
    };
    // Nobody's draft, with the same bytes in the same indexes, below keys and a name that nothing asks for.
    const aside = (value: unknown, name: string) => (/pk$|^__edb_e__$/.test(name) ? `$bench${value}` : value);
    const copies = (await readRows()).map(
      (row): Record<string, unknown> =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, aside(value, name)])),
    );
    const directWrite = async () => {
      await admit();
      const found = await readRow({ pk: `$bench${Key.pk}`, sk: Key.sk });
      const version = Number(found?.version ?? 0);
      const TransactItems = copies.map((copy) =>
        copy.sk === Key.sk
          ? {
              Put: {
                TableName,
                Item: { ...copy, version: version + 1 },
                ConditionExpression: "attribute_not_exists(pk) OR version = :version",
                ExpressionAttributeValues: { ":version": version },
              },
            }
          : { Put: { TableName, Item: copy } },
      );
      await client.send(new TransactWriteCommand({ TransactItems }));
    };

    const readOverhead = await compare(read, directRead);
    const writeOverhead = await compare(write, directWrite);
    const goal = { operator: "<=", value: goalOverheadMs } as const;
    return [
      { name: "read-p50", value: readOverhead.ours, unit: "ms" },
      { name: "read-direct-p50", value: readOverhead.direct, unit: "ms" },
      { name: "read-overhead-p50", value: readOverhead.ours - readOverhead.direct, unit: "ms", goal },
      { name: "write-p50", value: writeOverhead.ours, unit: "ms" },
      { name: "write-direct-p50", value: writeOverhead.direct, unit: "ms" },
      { name: "write-overhead-p50", value: writeOverhead.ours - writeOverhead.direct, unit: "ms", goal },
    ];
  } finally {
    await cloud.stop();
  }
}

/** Medians of both, taken in turns so that what else the machine does falls on both alike. */
async function compare(ours: () => Promise<unknown>, direct: () => Promise<unknown>) {
  for (let i = 0; i < warmUps; i++) {
    await ours();
    await direct();
  }
  const times = { ours: [] as number[], direct: [] as number[] };
  for (let i = 0; i < samples; i++) {
    times.ours.push(await timeMs(ours));
    times.direct.push(await timeMs(direct));
  }
  return { ours: quantile(times.ours, 0.5), direct: quantile(times.direct, 0.5) };
}
