import type { Core } from "../core.ts";
import type { ObjectCore } from "../media/objects.ts";
import { isConditionFailed } from "../transaction.ts";
import { filesOf, type OwnerCore } from "./files.ts";
import { keptDays } from "./takeout.contract.ts";
import { takeouts } from "./takeout.entity.ts";
import { type TakeoutJob, type ZipStore, zipKey } from "./takeout.ts";
import { uploadInParts } from "./upload.ts";
import { type ZipFile, zipOf } from "./zip.ts";

const keptMilliseconds = keptDays * 24 * 60 * 60 * 1000;
/** Progress is for somebody who looks on: no more often than this. */
const tellEveryMilliseconds = 1_000;

export interface TakeoutCore extends ObjectCore {
  readonly zips: ZipStore;
}

/**
 * Makes a zip and says how far it is. It never holds more than one file and one part of the upload.
 * @returns how many bytes; nothing when another request has replaced this one
 */
export async function makeTakeout(core: TakeoutCore, job: TakeoutJob): Promise<number | undefined> {
  const owner: OwnerCore = { ...core, actor: { accountId: job.accountId, roles: ["author"] } };
  if (!(await tell(core, job, { state: "running", done: 0 }))) return undefined;
  const { total, files } = await filesOf(owner);
  const bytes = await uploadInParts(core.zips, zipKey(job), zipOf(telling(core, job, files, total)));
  const expiresAt = new Date(core.now().getTime() + keptMilliseconds).toISOString();
  await tell(core, job, { state: "ready", done: total, total, bytes, expiresAt });
  return bytes;
}

/** The files, and a word now and then about how many have gone by. */
async function* telling(
  core: Core,
  job: TakeoutJob,
  files: AsyncIterable<ZipFile>,
  total: number,
): AsyncGenerator<ZipFile> {
  let done = 0;
  let toldAt = performance.now();
  for await (const file of files) {
    yield file;
    done++;
    if (performance.now() - toldAt < tellEveryMilliseconds) continue;
    toldAt = performance.now();
    await tell(core, job, { state: "running", done, total: Math.max(total, done) });
  }
}

/** The queue gives the job up: whoever waits is told so and can ask again. */
export async function giveUp(core: Core, job: TakeoutJob): Promise<void> {
  await tell(core, job, { state: "failed" });
}

interface Progress {
  readonly state: "running" | "ready" | "failed";
  readonly done?: number;
  readonly total?: number;
  readonly bytes?: number;
  readonly expiresAt?: string;
}

/** Answers whether the request still counts. */
async function tell(core: Core, { accountId, takeoutId }: TakeoutJob, progress: Progress): Promise<boolean> {
  try {
    await takeouts(core)
      .patch({ accountId })
      .set({ ...progress, heardAt: core.now().toISOString() })
      .where((row, { eq }) => eq(row.takeoutId, takeoutId))
      .go();
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
