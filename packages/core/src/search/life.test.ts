import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { documentOf, implementations, put, type TestIndex } from "../../test/search-index.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { type ActorCore, createCore } from "../core.ts";
import { newId, type PostId } from "../id.ts";
import { create, readDraft, update } from "../post/draft.ts";
import { publish, unpublish } from "../post/publish.ts";
import { audit } from "./audit.ts";
import { indexPosts } from "./index-posts.ts";
import { rebuild } from "./rebuild.ts";
import { find, type Searching } from "./search.ts";

let slugs = 0;

describe.each(implementations)("with the $name index", ({ missing, start }) => {
  describe.skipIf(missing !== undefined)("and a table,", () => {
    let engine: TestTable;
    let started: TestIndex;
    let visitor: Searching;
    let me: Searching<ActorCore>;
    beforeAll(async () => {
      [engine, started] = await Promise.all([startTable(), start()]);
      const { index } = started;
      await index.open();
      visitor = { ...createCore({ table: engine.table, locale: "ko" }), index };
      me = { ...(await newPerson(engine.table)), index };
    });
    afterAll(async () => {
      await started?.stop();
      await engine?.stop();
    });

    const draft = (fields: { title?: string; tags?: string[]; markdown?: string } = {}) =>
      create(me, {
        lang: "ko",
        slug: `life-${++slugs}`,
        title: "제목",
        description: "",
        tags: [],
        markdown: "본문",
        ...fields,
      });
    const index = async (...posts: { postId: Parameters<typeof indexPosts>[1][number]["postId"] }[]) => {
      await indexPosts(
        visitor,
        posts.map(({ postId }) => ({ postId, version: 1 })),
      );
      await visitor.index.refresh();
    };
    const titles = async (q: string, core = visitor) => {
      const { items } = await find(core, { q });
      return items.map(({ title }) => title.map(({ text }) => text).join(""));
    };

    test("a post is found once it is published, as it was published, and not after it left", async () => {
      const post = await draft({ title: "청개구리", markdown: "개굴개굴" });
      await index(post);
      expect(await titles("청개구리")).toEqual([]);
      await publish(me, { postId: post.postId, revision: 1 });
      await index(post);
      expect(await titles("개굴개굴")).toEqual(["청개구리"]);
      const { slug, description, tags } = post;
      const changed = { slug, description, tags, title: "참개구리", markdown: "우물" };
      await update(me, { ...changed, postId: post.postId, revision: 1 });
      await index(post);
      expect(await titles("참개구리")).not.toContain("참개구리");
      await publish(me, { postId: post.postId, revision: 2 });
      await index(post);
      expect(await titles("우물")).toEqual(["참개구리"]);
      await unpublish(me, { postId: post.postId });
      await index(post);
      expect(await titles("우물")).toEqual([]);
    });

    test("the audit finds exactly the damage that was done, repairs it, and then finds none", async () => {
      const made = await Promise.all(Array.from({ length: 6 }, () => draft({ markdown: "감사받을글" })));
      for (const { postId } of made) await publish(me, { postId, revision: 1 });
      const [read] = (await visitor.index.generations()).filter(({ isRead }) => isRead);
      const generation = read?.number ?? 0;
      await audit(visitor, { generation, repairs: true });
      expect(await audit(visitor, { generation, repairs: false })).toMatchObject({
        missing: 0,
        stale: 0,
        ghosts: 0,
      });

      // Lost: no record of it ever came. Old: the table moved on. Ghost: a post that there is not.
      await draft();
      const [old] = made;
      if (old) await publishAnew(old.postId);
      const ghost = newId("post", new Date());
      await put(visitor.index, documentOf({ postId: ghost, version: 9 }));

      const damage = await audit(visitor, { generation, repairs: true });
      expect(damage).toMatchObject({ missing: 1, stale: 2, ghosts: 1 });
      expect(await audit(visitor, { generation, repairs: false })).toMatchObject({
        missing: 0,
        stale: 0,
        ghosts: 0,
      });
    });

    async function publishAnew(postId: PostId) {
      const { slug, description, tags, title, revision } = await readDraft(me, { postId });
      await update(me, { slug, description, tags, title, markdown: "감사받을글 새로", postId, revision });
      await publish(me, { postId, revision: revision + 1 });
    }

    test("a rebuild under writes loses nothing, and nobody sees fewer posts on the way", async () => {
      const before = await Promise.all(Array.from({ length: 12 }, () => draft({ markdown: "재색인대상" })));
      for (const { postId } of before) await publish(me, { postId, revision: 1 });
      await index(...before);
      let isDone = false;
      let fewest = Number.POSITIVE_INFINITY;
      const reader = (async () => {
        while (!isDone) {
          fewest = Math.min(fewest, (await find(visitor, { q: "재색인대상", limit: 1 })).total);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })();
      const writer = (async () => {
        const late = [];
        for (let at = 0; at < 6; at++) {
          const post = await draft({ markdown: "재색인대상" });
          await publish(me, { postId: post.postId, revision: 1 });
          await indexPosts(visitor, [{ postId: post.postId, version: 2 }]);
          late.push(post);
        }
        return late;
      })();
      const { generation } = await rebuild(visitor);
      await writer;
      await visitor.index.refresh();
      isDone = true;
      await reader;
      expect(fewest).toBe(12);
      expect((await find(visitor, { q: "재색인대상", limit: 1 })).total).toBe(18);
      expect(await audit(visitor, { generation, repairs: false })).toMatchObject({
        missing: 0,
        stale: 0,
        ghosts: 0,
      });
      const generations = await visitor.index.generations();
      expect(generations.filter(({ isRead }) => isRead).map(({ number }) => number)).toEqual([generation]);
      expect(generations.length, "the one before is kept").toBe(2);
    });
  });
});
