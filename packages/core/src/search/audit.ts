import type { PostId } from "../id.ts";
import { type Post, posts } from "../post/post.entity.ts";
import { changesOf } from "./read-post.ts";
import type { Searching } from "./search.ts";
import { type Change, documentId } from "./search-document.ts";
import type { VersionEntry } from "./search-index.ts";
import { segments } from "./segment.ts";

const entriesPerPage = 500;
const rowsPerPage = 200;
/** Posts that are read and written together. */
const postsPerWrite = 25;

export interface AuditReport {
  /** Posts of the table. */
  posts: number;
  /** Documents that were not there. */
  missing: number;
  /** Documents of an older version, or of the other kind: a mark where a document belongs, or the reverse. */
  stale: number;
  /** Documents of posts that are no more. */
  ghosts: number;
}

interface Options {
  readonly generation: number;
  /** Writes what is wrong anew. */
  readonly repairs: boolean;
  /** Writes to this generation alone, as for one that nobody reads yet. */
  readonly onlyThere?: boolean;
  readonly onProgress?: (done: number) => void;
}

const none = (): AuditReport => ({ posts: 0, missing: 0, stale: 0, ghosts: 0 });

export function differences({ missing, stale, ghosts }: AuditReport): number {
  return missing + stale + ghosts;
}

/** Compares table and index, segment by segment, some side by side. */
export async function audit(core: Searching, options: Options): Promise<AuditReport> {
  await core.index.refresh();
  const total = none();
  for (let first = 0; first < segments; first += 2) {
    const pair = [first, first + 1].map((segment) => auditSegment(core, String(segment), options));
    for (const report of await Promise.all(pair)) {
      for (const name of Object.keys(total) as (keyof AuditReport)[]) total[name] += report[name];
    }
  }
  return total;
}

/** A post as the table's index of all posts tells it. */
interface Row {
  readonly version: number;
  readonly isPublic: boolean;
  readonly isDeleted: boolean;
}

/** What seems wrong with the documents of one post. */
interface Doubt {
  readonly postId: PostId;
  /** The highest version that either side knows of. */
  readonly version: number;
  readonly entries: readonly VersionEntry[];
}

async function auditSegment(core: Searching, segment: string, options: Options): Promise<AuditReport> {
  const rows = await readRows(core, segment);
  const entries = await readEntries(core, options.generation, segment);
  const report = { ...none(), posts: rows.size };
  const doubts: Doubt[] = [];
  for (const postId of new Set([...rows.keys(), ...entries.keys()])) {
    const row = rows.get(postId);
    const known = entries.get(postId) ?? [];
    if (isAsExpected(postId, row, known)) continue;
    const version = Math.max(row?.version ?? 0, ...known.map((entry) => entry.version));
    doubts.push({ postId, version, entries: known });
  }
  let done = rows.size - doubts.length;
  for (let at = 0; at < doubts.length; at += postsPerWrite) {
    const some = doubts.slice(at, at + postsPerWrite);
    const wrong = (await Promise.all(some.map((doubt) => differencesOf(core, doubt, report)))).flat();
    if (options.repairs && wrong.length > 0) {
      await core.index.write(wrong, options.onlyThere ? { onlyTo: options.generation } : {});
    }
    done += some.length;
    options.onProgress?.(done);
  }
  return report;
}

/** Whether both documents are as old as the row, and there or gone as it says. Both sides may be a little behind. */
function isAsExpected(postId: PostId, row: Row | undefined, entries: readonly VersionEntry[]): boolean {
  if (!row) return entries.every(({ isGone }) => isGone);
  const entryOf = (kind: "post" | "draft") => entries.find(({ id }) => id === documentId(kind, postId));
  const page = entryOf("post");
  const draft = entryOf("draft");
  const isCurrent = page?.version === row.version && draft?.version === row.version;
  return isCurrent && draft?.isGone === row.isDeleted && page?.isGone !== row.isPublic;
}

/** Asks the table consistently what the index should hold, and answers what it does not. */
async function differencesOf(core: Searching, doubt: Doubt, report: AuditReport): Promise<Change[]> {
  const changes = await changesOf(core, doubt.postId, doubt.version);
  return changes.filter((change) => {
    const entry = doubt.entries.find(({ id }) => id === change.id);
    const isGone = change.document === undefined;
    if (!entry) {
      // What never was there need not be marked as gone; in a rebuild it keeps late writes out all the same.
      if (!isGone) report.missing++;
      return true;
    }
    if (isGone && entry.isGone) return entry.version < change.version;
    if (isGone) {
      report.ghosts++;
      return true;
    }
    const isStale = entry.version < change.version || entry.isGone;
    if (isStale) report.stale++;
    return isStale;
  });
}

async function readRows(core: Searching, segment: string): Promise<Map<PostId, Row>> {
  const rows = new Map<PostId, Row>();
  let cursor: string | null = null;
  do {
    const page: {
      data: Pick<Post, "postId" | "version" | "publishedSlug" | "state">[];
      cursor: string | null;
    } = await posts(core)
      .query.bySegment({ segment })
      .go({ limit: rowsPerPage, cursor, attributes: ["postId", "version", "publishedSlug", "state"] });
    for (const { postId, version, publishedSlug, state } of page.data) {
      rows.set(postId, { version, isPublic: publishedSlug !== undefined, isDeleted: state === "deleted" });
    }
    ({ cursor } = page);
  } while (cursor !== null);
  return rows;
}

async function readEntries(core: Searching, generation: number, segment: string) {
  const entries = new Map<PostId, VersionEntry[]>();
  let after: string | undefined;
  for (;;) {
    const page = await core.index.listVersions({ generation, segment, after, limit: entriesPerPage });
    for (const entry of page) {
      const postId = entry.id.slice(entry.id.indexOf(":") + 1) as PostId;
      entries.set(postId, [...(entries.get(postId) ?? []), entry]);
    }
    if (page.length < entriesPerPage) return entries;
    after = page.at(-1)?.id;
  }
}
