/**
 * The site's pages in the cache of the deployed shape: objects in a bucket, and tags in a table that say when
 * they went out of date. For what watches that from outside.
 */
import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";

export interface CachedPage {
  readonly Bucket: string;
  readonly Key: string;
}

/** @param ending of the object's key, such as `/ko.cache` */
export async function findCachedPage(
  store: S3Client,
  Bucket: string,
  ending: string,
): Promise<CachedPage | undefined> {
  const { Contents = [] } = await store.send(new ListObjectsV2Command({ Bucket, Prefix: "_cache/" }));
  const Key = Contents.find((object) => object.Key?.endsWith(ending))?.Key;
  return Key === undefined ? undefined : { Bucket, Key };
}

/** The whole second in which a page was made. */
export async function madeAt(store: S3Client, page: CachedPage): Promise<Date> {
  const { LastModified } = await store.send(new HeadObjectCommand(page));
  if (!LastModified) throw new Error(`The store does not tell when ${page.Key} was made.`);
  return LastModified;
}

/**
 * Says that a page is out of date, as an author's change would, by the first of its tags. (A process that made
 * the page itself knows its age by heart, so that only a tag can end it sooner.)
 */
export async function makeStale(
  store: S3Client,
  database: DynamoDBClient,
  TableName: string,
  page: CachedPage,
): Promise<void> {
  const { Body } = await store.send(new GetObjectCommand(page));
  const { meta } = JSON.parse((await Body?.transformToString()) ?? "{}") as {
    meta?: { headers?: Record<string, string> };
  };
  const [tag] = (meta?.headers?.["x-next-cache-tags"] ?? "").split(",");
  // The store tells times in whole seconds: a page of this very second would stay stale once it is made anew.
  const age = Date.now() - (await madeAt(store, page)).getTime();
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1_100 - age)));
  const now = { N: String(Math.floor(Date.now() / 1000) * 1000) };
  const [, build] = page.Key.split("/");
  const name = { S: `${build}/${tag}` };
  const Item = { tag: name, path: name, revalidatedAt: now, stale: now };
  await database.send(new PutItemCommand({ TableName, Item }));
}
