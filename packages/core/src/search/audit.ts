import { type Expected, readExpected } from "./expected.ts";
import type { Searching } from "./search.ts";
import type { Change } from "./search-document.ts";
import type { VersionEntry } from "./search-index.ts";
import { segments } from "./segment.ts";
import { changesOf, keyOf, type Subject, subjectOf } from "./subject.ts";

const entriesPerPage = 500;
/** Posts and comments that are read and written together. */
const subjectsPerWrite = 25;

export interface AuditReport {
  /** Posts of the table. */
  posts: number;
  /** Its comments, but for those of which only the place is left. */
  comments: number;
  /** Documents that were not there. */
  missing: number;
  /** Documents of an older version, or of the other kind: a mark where a document belongs, or the reverse. */
  stale: number;
  /** Documents of what is no more. */
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

const none = (): AuditReport => ({ posts: 0, comments: 0, missing: 0, stale: 0, ghosts: 0 });

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

/** What seems wrong with the documents of one subject. */
interface Doubt {
  readonly subject: Subject;
  /** The highest version that either side knows of. */
  readonly version: number;
  readonly entries: readonly VersionEntry[];
}

async function auditSegment(core: Searching, segment: string, options: Options): Promise<AuditReport> {
  const expected = await readExpected(core, segment);
  const entries = await readEntries(core, options.generation, segment);
  const report = none();
  for (const { subject } of expected.values()) report[`${subject.noun}s`]++;
  const doubts: Doubt[] = [];
  for (const key of new Set([...expected.keys(), ...entries.keys()])) {
    const known = entries.get(key) ?? [];
    const wanted = expected.get(key);
    if (isAsExpected(wanted, known)) continue;
    const version = Math.max(wanted?.version ?? 0, ...known.map((entry) => entry.version));
    doubts.push({ subject: subjectOf(key), version, entries: known });
  }
  let done = expected.size - doubts.length;
  for (let at = 0; at < doubts.length; at += subjectsPerWrite) {
    const some = doubts.slice(at, at + subjectsPerWrite);
    const wrong = (await Promise.all(some.map((doubt) => differencesOf(core, doubt, report)))).flat();
    if (options.repairs && wrong.length > 0) {
      await core.index.write(wrong, options.onlyThere ? { onlyTo: options.generation } : {});
    }
    done += some.length;
    options.onProgress?.(done);
  }
  return report;
}

/** Whether all documents are as old as the row, and there or gone as it says. Both sides may be a little behind. */
function isAsExpected(expected: Expected | undefined, entries: readonly VersionEntry[]): boolean {
  if (!expected) return entries.every(({ isGone }) => isGone);
  const { version, documents } = expected;
  return documents.every(({ id, isGone }) => {
    const entry = entries.find((each) => each.id === id);
    return entry?.version === version && entry.isGone === isGone;
  });
}

/** Asks the table consistently what the index should hold, and answers what it does not. */
async function differencesOf(core: Searching, doubt: Doubt, report: AuditReport): Promise<Change[]> {
  const changes = await changesOf(core, doubt.subject, doubt.version);
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

async function readEntries(core: Searching, generation: number, segment: string) {
  const entries = new Map<string, VersionEntry[]>();
  let after: string | undefined;
  for (;;) {
    const page = await core.index.listVersions({ generation, segment, after, limit: entriesPerPage });
    for (const entry of page) {
      const key = keyOf(subjectOf(entry.id));
      entries.set(key, [...(entries.get(key) ?? []), entry]);
    }
    if (page.length < entriesPerPage) return entries;
    after = page.at(-1)?.id;
  }
}
