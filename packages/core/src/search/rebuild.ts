import { type AuditReport, audit, differences } from "./audit.ts";
import type { Searching } from "./search.ts";
import { analysisVersion } from "./search-document.ts";

/** What is written while a round runs are in the next; a quiet site needs two. */
const mostRounds = 20;

export interface Rebuilt {
  readonly generation: number;
  readonly rounds: number;
  readonly posts: number;
  readonly comments: number;
}

/**
 * Builds the index anew beside the one that is read, and swaps the two when the new one holds what
 * the table holds. New changes go to both from the beginning. A rebuild that was cut off goes on where
 * it was: what the new generation has already is not written again.
 * @throws Error when the two do not become the same, in which case the old one stays
 */
export async function rebuild(
  core: Searching,
  onProgress: (round: number, done: number) => void = () => {},
): Promise<Rebuilt> {
  const { index } = core;
  await index.open();
  const generation = (await unfinished(core)) ?? (await index.begin());
  let report: AuditReport | undefined;
  for (let round = 1; round <= mostRounds; round++) {
    report = await audit(core, {
      generation,
      repairs: true,
      onlyThere: true,
      onProgress: (done) => onProgress(round, done),
    });
    if (differences(report) > 0) continue;
    await index.swap(generation);
    await dropOlder(core, generation);
    const { posts, comments } = report;
    return { generation, rounds: round, posts, comments };
  }
  throw new Error(
    `The new generation ${generation} does not become what the table is: ${JSON.stringify(report)}`,
  );
}

async function unfinished({ index }: Searching): Promise<number | undefined> {
  const generations = await index.generations();
  const read = generations.find(({ isRead }) => isRead)?.number ?? 0;
  return generations.find(({ number, analysis }) => number > read && analysis === analysisVersion)?.number;
}

/** Keeps the generation before for going back. */
async function dropOlder({ index }: Searching, generation: number): Promise<void> {
  const others = (await index.generations()).filter(({ number }) => number !== generation);
  const last = Math.max(...others.map(({ number }) => number));
  for (const { number } of others) if (number !== last) await index.drop(number);
}
