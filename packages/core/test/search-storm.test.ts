import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ActorCore, createCore } from "../src/core.ts";
import type { PostId } from "../src/id.ts";
import { create, update } from "../src/post/draft.ts";
import { posts } from "../src/post/post.entity.ts";
import { publish, unpublish } from "../src/post/publish.ts";
import { audit } from "../src/search/audit.ts";
import { indexPosts, type Touched } from "../src/search/index-posts.ts";
import { changesOf } from "../src/search/read-post.ts";
import { IndexUnavailable, type SearchIndex } from "../src/search/search-index.ts";
import { newPerson } from "./people.ts";
import { randomOf } from "./random.ts";
import { stormKinds } from "./search-storm.ts";
import { startTable, type TestTable } from "./table.ts";

/** More of each when somebody wants to be surer: `STORM_CHANGES=2000 STORM_SEEDS=10`. */
const changes = Number(process.env.STORM_CHANGES ?? 120);
const seeds = Number(process.env.STORM_SEEDS ?? 1);

let engine: TestTable;
let me: ActorCore;
beforeAll(async () => {
  engine = await startTable();
  me = await newPerson(engine.table);
});
afterAll(() => engine.stop());

type Random = ReturnType<typeof randomOf>;

/** Makes random changes of posts, and answers what the table's stream would tell of each. */
async function* changePosts(random: Random, seed: number): AsyncGenerator<Touched> {
  const known: PostId[] = [];
  for (let at = 0; at < changes; at++) {
    const postId = known[random.below(known.length)];
    const action = random.below(10);
    const text = {
      title: `폭풍 ${at}`,
      slug: `storm-${seed}-${at}`,
      description: "",
      tags: [],
      markdown: `바람 ${at}`,
    };
    if (postId === undefined || action < 2) {
      const made = await create(me, { lang: "ko", ...text });
      known.push(made.postId);
      yield { postId: made.postId, version: 1 };
      continue;
    }
    const { data: post } = await posts(me).get({ postId }).go({ consistent: true });
    if (!post) continue;
    if (action < 5) await update(me, { ...text, postId, revision: post.revision });
    else if (action < 8) await publish(me, { postId, revision: post.revision });
    else if (action < 9) await unpublish(me, { postId });
    else if (post.publishedSlug === undefined) {
      // Nothing of the site deletes a post's row yet; whatever does one day leaves this in the stream.
      await posts(me).delete({ postId }).go();
      yield { postId, version: post.version };
      continue;
    }
    yield { postId, version: post.version + 1 };
  }
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

describe.each(stormKinds)("after a storm, $name", ({ missing, start }) => {
  test.skipIf(missing !== undefined).each(Array.from({ length: seeds }, (_, seed) => seed + 1))(
    "holds exactly what the table holds (seed %i)",
    async (seed) => {
      const random = randomOf(seed);
      const started = await start();
      try {
        await started.index.open();
        const core = { ...createCore({ table: engine.table, locale: "ko" }), index: started.index };
        const stormy = { ...core, index: killedAtRandom(started.index, random) };
        const told: Touched[] = [];
        const waiting: Touched[][] = [];
        /** Delivers until it works, as the stream does; a batch may come again although it worked. */
        const deliver = async (batch: readonly Touched[]) => {
          for (;;) {
            try {
              expect(await indexPosts(stormy, batch)).toEqual([]);
              if (random.below(4) > 0) return;
            } catch (error) {
              if (!(error instanceof IndexUnavailable)) throw error;
            }
          }
        };
        let restartAt = random.below(changes);
        for await (const touched of changePosts(random, seed)) {
          told.push(touched);
          if (random.below(3) === 0 || waiting.length === 0) waiting.push([]);
          waiting.at(-1)?.push(touched);
          // Any batch may come next, whichever was first.
          if (waiting.length > 4) await deliver(waiting.splice(random.below(waiting.length), 1)[0] ?? []);
          if (random.below(40) === 0) await deliver(told.slice(0, random.below(told.length)).slice(-25));
          if (--restartAt === 0) await started.restart();
        }
        for (const batch of waiting) await deliver(batch);
        await deliver(told.slice(0, 100));

        const report = await audit(core, { generation: 1, repairs: false });
        expect(report).toMatchObject({ missing: 0, stale: 0, ghosts: 0 });
        // The audit trusts versions; this looks at what was written under them.
        for (const postId of new Set(told.map((each) => each.postId))) {
          for (const { id, document } of await changesOf(core, postId, 1_000)) {
            const found = await started.read(id);
            expect({ id, title: found?.title }).toEqual({ id, title: document?.title });
          }
        }
      } finally {
        await started.stop();
      }
    },
    600_000,
  );
});
