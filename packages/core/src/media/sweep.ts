import type { Core } from "../core.ts";
import type { AvatarId, MediaId } from "../id.ts";
import { changeMedia, endOfUpload } from "./change.ts";
import { collectGarbage } from "./garbage.ts";
import { type MediaRow, media } from "./media.entity.ts";
import type { ObjectCore } from "./objects.ts";

/** A queue has given up long before, and a person has seen that nothing happens. */
const patienceMilliseconds = 60 * 60 * 1000;
/** Whoever began an upload may come back to it for so long, and for so long a crop is asked for. */
const lifetimeMilliseconds = 24 * 60 * 60 * 1000;
const rowsAtOnce = 100;

/** What a sweep did, for the log. */
export interface SweepReport {
  /** Uploads of which nothing came. */
  readonly abandoned: number;
  /** Uploads that arrived, and crops, that could not be worked on. */
  readonly failed: number;
  /** Work that was asked for again, because a message was lost. */
  readonly askedAgain: number;
  /** Sets of files without a picture. */
  readonly collected: number;
}

/**
 * Finishes what was left half-way: uploads that never came or never ended, and files that nothing
 * shows any more. It may run at any time and any number of times.
 * @param ask tells the worker to look at a picture
 */
export async function sweep(
  core: ObjectCore,
  ask: (mediaId: MediaId | AvatarId) => Promise<void>,
): Promise<SweepReport> {
  const report = { abandoned: 0, failed: 0, askedAgain: 0 };
  for (const work of ["upload", "crop"] as const) {
    for await (const row of waitingLong(core, work)) {
      const age = core.now().getTime() - Date.parse(row.updatedAt);
      if (row.state === "processing") report.failed += await end(core, row, "failed");
      else if (age <= lifetimeMilliseconds) {
        await ask(row.mediaId);
        report.askedAgain++;
      } else if (work === "upload") report.abandoned += await end(core, row);
      else report.failed += await giveUpCrop(core, row);
    }
  }
  return { ...report, collected: await collectGarbage(core) };
}

async function* waitingLong(core: Core, work: "upload" | "crop"): AsyncGenerator<MediaRow> {
  const updatedAt = new Date(core.now().getTime() - patienceMilliseconds).toISOString();
  let after: string | null = null;
  do {
    const query = media(core).query.byWork({ work }).lt({ updatedAt });
    const { data, cursor }: Awaited<ReturnType<typeof query.go>> = await query.go({
      limit: rowsAtOnce,
      cursor: after,
    });
    yield* data;
    after = cursor;
  } while (after);
}

/** Leaves a picture the crops that it has. Its author's next move of the point asks for new ones. */
async function giveUpCrop(core: Core, seen: MediaRow): Promise<0 | 1> {
  let ended: 0 | 1 = 0;
  await changeMedia(core, seen.mediaId, ({ work, ...row }) => {
    if (work !== "crop" || row.version !== seen.version) return undefined;
    ended = 1;
    return { next: row, items: [] };
  });
  return ended;
}

/** Ends an upload that is still the one that was seen. Answers how many ended. */
async function end(core: Core, seen: MediaRow, refusal?: "failed"): Promise<0 | 1> {
  let ended: 0 | 1 = 0;
  await changeMedia(core, seen.mediaId, (row) => {
    const { upload } = row;
    if (!upload || upload.pictureId !== seen.upload?.pictureId || row.state !== seen.state) return undefined;
    ended = 1;
    return endOfUpload(core, { ...row, upload }, refusal);
  });
  return ended;
}
