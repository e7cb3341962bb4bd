import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { AccountId, Id } from "../id.ts";
import { operation } from "../operation.ts";
import { commit, inTransaction } from "../transaction.ts";
import { type Takeout, takeoutContract } from "./takeout.contract.ts";
import { type TakeoutRow, takeouts } from "./takeout.entity.ts";

const linkSeconds = 5 * 60;
/** A job that said nothing for so long has ended, and its queue has given it up. */
const silentMilliseconds = 60 * 60 * 1000;
const forgottenSeconds = 30 * 24 * 60 * 60;

/** The private bucket of zips. */
export interface ZipStore {
  readonly bucket: string;
  readonly client: S3Client;
}

/** The queue of zips to make. */
export interface ZipQueue {
  readonly url: string;
  readonly client: SQSClient;
}

export interface TakeoutRequestCore extends ActorCore {
  readonly zipQueue: ZipQueue;
}

export interface TakeoutLinkCore extends ActorCore {
  readonly zips: ZipStore;
}

/** What a message of the queue says. */
export interface TakeoutJob {
  readonly accountId: AccountId;
  readonly takeoutId: Id<"takeout">;
}

export function zipKey({ accountId, takeoutId }: TakeoutJob): string {
  return `${accountId}/${takeoutId}.zip`;
}

/**
 * The message follows the row: whoever is cut off in between asks again, and the row that waits gets its
 * message then. A message that comes twice makes the same zip twice, under one name.
 */
export const request = operation(takeoutContract.request.input, async (core: TakeoutRequestCore) => {
  const { accountId } = core.actor;
  const now = core.now();
  const { data: known } = await takeouts(core).get({ accountId }).go({ consistent: true });
  const row = known && isUnderWay(core, known) ? known : await begin(core, now);
  if (row.state === "queued") {
    const job: TakeoutJob = { accountId, takeoutId: row.takeoutId };
    const { client, url: QueueUrl } = core.zipQueue;
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(job) }));
  }
  return takeoutOf(row);
});

function isUnderWay(core: Core, { state, heardAt }: TakeoutRow): boolean {
  const isSilent = core.now().getTime() - Date.parse(heardAt) > silentMilliseconds;
  return (state === "queued" || state === "running") && !isSilent;
}

async function begin(core: ActorCore, now: Date): Promise<TakeoutRow> {
  const { accountId } = core.actor;
  const at = now.toISOString();
  const row: TakeoutRow = {
    accountId,
    takeoutId: core.newId("takeout"),
    state: "queued",
    done: 0,
    total: 0,
    requestedAt: at,
    heardAt: at,
    expireAt: Math.floor(now.getTime() / 1000) + forgottenSeconds,
  };
  // Of two requests at once the later one counts: the message of the earlier names a zip that nobody waits for.
  await commit(core, [inTransaction(takeouts(core)).put(row).commit()]);
  return row;
}

export const read = operation(takeoutContract.read.input, async (core: ActorCore) => {
  const row = await readGood(core);
  return row ? { takeout: takeoutOf(row) } : {};
});

export const link = operation(takeoutContract.link.input, async (core: TakeoutLinkCore) => {
  const row = await readGood(core);
  if (row?.state !== "ready") throw new AppError("not_found");
  const { bucket: Bucket, client } = core.zips;
  const command = new GetObjectCommand({
    Bucket,
    Key: zipKey(row),
    ResponseContentDisposition: `attachment; filename="haru-${row.requestedAt.slice(0, 10)}.zip"`,
  });
  return {
    url: await getSignedUrl(client, command, { expiresIn: linkSeconds }),
    expiresInSeconds: linkSeconds,
  };
});

/** The account's zip, unless its time is up. */
async function readGood(core: ActorCore): Promise<TakeoutRow | undefined> {
  const { accountId } = core.actor;
  const { data } = await takeouts(core).get({ accountId }).go({ consistent: true });
  const isOver = data?.expiresAt !== undefined && Date.parse(data.expiresAt) <= core.now().getTime();
  return data && !isOver ? data : undefined;
}

function takeoutOf(row: TakeoutRow): Takeout {
  const { state, done, total, requestedAt, expiresAt, bytes } = row;
  return {
    state,
    done,
    total,
    requestedAt,
    ...(expiresAt ? { expiresAt } : {}),
    ...(bytes === undefined ? {} : { bytes }),
  };
}
