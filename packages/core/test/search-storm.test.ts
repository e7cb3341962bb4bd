import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ActorCore, createCore } from "../src/core.ts";
import type { PostId } from "../src/id.ts";
import { create, update } from "../src/post/draft.ts";
import { forget } from "../src/post/forget.ts";
import { type Post, posts } from "../src/post/post.entity.ts";
import { publish, unpublish } from "../src/post/publish.ts";
import { remove, restore } from "../src/post/remove.ts";
import { audit } from "../src/search/audit.ts";
import { indexTouched, type Touched } from "../src/search/index-touched.ts";
import type { Searching } from "../src/search/search.ts";
import { IndexUnavailable, type SearchIndex } from "../src/search/search-index.ts";
import { changesOf, keyOf, type Subject } from "../src/search/subject.ts";
import { newPerson } from "./people.ts";
import { randomOf } from "./random.ts";
import { type StormIndex, stormKinds } from "./search-storm.ts";
import { commentStorm } from "./storm-comments.ts";
import { startTable, type TestTable } from "./table.ts";

/** More of each when somebody wants to be surer: `STORM_CHANGES=2000 STORM_SEEDS=10`. */
const changes = Number(process.env.STORM_CHANGES ?? 120);
const seeds = Number(process.env.STORM_SEEDS ?? 1);

type Random = ReturnType<typeof randomOf>;
type DraftInput = Parameters<typeof update>[1];

/** Makes random changes of posts and their comments, and answers what the table's stream would tell of each. */
async function* changePosts(
  me: ActorCore,
  reader: ActorCore,
  random: Random,
  seed: number,
): AsyncGenerator<Touched> {
  const known: PostId[] = [];
  const changeComments = commentStorm({ author: me, reader }, random);
  // Most posts of a storm are off the site at any moment; this one always takes comments.
  const { postId: calm } = await create(me, { lang: "ko", ...textOf(0, seed), slug: `calm-${seed}` });
  await publish(me, { postId: calm, revision: 1 });
  yield { subject: { noun: "post", postId: calm }, version: 2 };
  for (let at = 0; at < changes; at++) {
    if (random.below(3) === 0) {
      yield* await changeComments([calm, known[random.below(known.length)] ?? calm]);
      continue;
    }
    const postId = known[random.below(known.length)];
    const text = { ...textOf(at, seed), settings: { unlisted: random.below(5) === 0 } };
    if (postId === undefined || random.below(10) < 2) {
      const made = await create(me, { lang: "ko", ...text });
      known.push(made.postId);
      yield { subject: { noun: "post", postId: made.postId }, version: 1 };
      continue;
    }
    const { data: post } = await posts(me).get({ postId }).go({ consistent: true });
    if (!post) continue;
    await changePost(me, random, post, text);
    const { data: changed } = await posts(me).get({ postId }).go({ consistent: true });
    yield { subject: { noun: "post", postId }, version: changed?.version ?? post.version };
  }
}

function textOf(at: number, seed: number) {
  return {
    title: `폭풍 ${at}`,
    slug: `storm-${seed}-${at}`,
    description: "",
    tags: [],
    markdown: `바람 ${at}`,
  };
}

async function changePost(
  me: ActorCore,
  random: Random,
  post: Post,
  text: Omit<DraftInput, "postId" | "revision">,
) {
  const { postId, revision, state } = post;
  const action = random.below(8);
  if (state === "deleted") await (action < 4 ? restore(me, { postId }) : forget(me, post));
  else if (action < 3) await update(me, { ...text, postId, revision });
  else if (action < 6) await publish(me, { postId, revision });
  else if (action < 7) await unpublish(me, { postId });
  else await remove(me, { postId });
}

/** An index whose writer is killed now and then: before it writes, in the middle, or before it can say so. */
function killedAtRandom(index: SearchIndex, random: Random): SearchIndex {
  return {
    ...index,
    async write(all, options) {
      const fate = random.below(12);
      if (fate === 0) throw new IndexUnavailable("Killed before");
      if (fate === 1) {
        await index.write(all.slice(0, random.below(all.length)), options);
        throw new IndexUnavailable("Killed in the middle");
      }
      const refused = await index.write(all, options);
      if (fate === 2) throw new IndexUnavailable("Killed after");
      return refused;
    },
  };
}

/** The stream before one index: it delivers in any order, several times, and until it works. */
function streamTo(core: Searching, started: StormIndex, random: Random) {
  const stormy = { ...core, index: killedAtRandom(core.index, random) };
  const told: Touched[] = [];
  const waiting: Touched[][] = [];
  let restartAt = 1 + random.below(changes);
  let restarting: Promise<void> | undefined;

  /** A batch may come again although it worked. */
  async function deliver(batch: readonly Touched[]): Promise<void> {
    for (;;) {
      try {
        expect(await indexTouched(stormy, batch)).toEqual([]);
        if (random.below(4) > 0) return;
      } catch (error) {
        if (!(error instanceof IndexUnavailable)) throw error;
        await restarting;
      }
    }
  }
  return {
    async tell(touched: Touched): Promise<void> {
      told.push(touched);
      if (random.below(3) === 0 || waiting.length === 0) waiting.push([]);
      waiting.at(-1)?.push(touched);
      // Any batch may come next, whichever was first.
      if (waiting.length > 4) await deliver(waiting.splice(random.below(waiting.length), 1)[0] ?? []);
      if (random.below(40) === 0) await deliver(told.slice(0, random.below(told.length)).slice(-25));
      // Nobody waits for it to be back.
      if (--restartAt === 0) restarting = started.restart();
    },
    /** Delivers what waits, and then everything once more from the start. */
    async end(): Promise<void> {
      for (const batch of waiting) await deliver(batch);
      await restarting;
      for (let at = 0; at < told.length; at += 100) await deliver(told.slice(at, at + 100));
    },
    subjects: () => new Map(told.map(({ subject }) => [keyOf(subject), subject])),
  };
}

const allSeeds = Array.from({ length: seeds }, (_, at) => at + 1);
describe.each(allSeeds)("after the storm of seed %i", (seed) => {
  const storms = new Map<
    string,
    { core: Searching; started: StormIndex; subjects: () => Map<string, Subject> }
  >();
  let engine: TestTable;
  beforeAll(async () => {
    // The audit looks at the whole table, so that each storm has its own.
    engine = await startTable();
    const me = await newPerson(engine.table);
    const reader = await newPerson(engine.table, { role: "reader" });
    const streams = [];
    for (const { name, missing, start } of stormKinds) {
      if (missing !== undefined) continue;
      const started = await start();
      await started.index.open();
      const core = { ...createCore({ table: engine.table, locale: "ko" }), index: started.index };
      const stream = streamTo(core, started, randomOf(seed * 31 + streams.length));
      storms.set(name, { core, started, subjects: stream.subjects });
      streams.push(stream);
    }
    for await (const touched of changePosts(me, reader, randomOf(seed), seed)) {
      for (const stream of streams) await stream.tell(touched);
    }
    for (const stream of streams) await stream.end();
  }, 3_600_000);
  afterAll(async () => {
    for (const { started } of storms.values()) await started.stop();
    await engine.stop();
  });

  for (const { name, missing } of stormKinds) {
    test.skipIf(missing !== undefined)(
      `${name} holds exactly what the table holds`,
      async () => {
        const storm = storms.get(name);
        if (!storm) throw new Error("There was no storm");
        const { core, started, subjects } = storm;
        const report = await audit(core, { generation: 1, repairs: false });
        expect(report).toMatchObject({ missing: 0, stale: 0, ghosts: 0 });
        // The audit trusts versions; this looks at what was written under them.
        for (const subject of subjects().values()) {
          for (const { id, document } of await changesOf(core, subject, 1_000_000)) {
            const found = await started.read(id);
            const queue = document?.kind === "comment" ? document.queue : undefined;
            expect({ id, title: found?.title, queue: found?.queue }).toEqual({
              id,
              title: document?.title,
              queue,
            });
          }
        }
      },
      600_000,
    );
  }
});
