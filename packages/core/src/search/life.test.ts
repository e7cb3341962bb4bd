import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import {
  commentDocumentOf,
  documentOf,
  implementations,
  put,
  type TestIndex,
} from "../../test/search-index.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { CommentStanding } from "../comment/comment.contract.ts";
import { create as comment, edit, remove, report } from "../comment/comment.ts";
import { moderate } from "../comment/moderation.ts";
import { type ActorCore, createCore } from "../core.ts";
import { type CommentId, newId, type PostId } from "../id.ts";
import { create, readDraft, update } from "../post/draft.ts";
import { publish, unpublish } from "../post/publish.ts";
import { audit } from "./audit.ts";
import { indexTouched } from "./index-touched.ts";
import { findComments } from "./moderated-comments.ts";
import { readQuery } from "./query.ts";
import { rebuild } from "./rebuild.ts";
import { find, type Searching } from "./search.ts";
import type { FindRequest } from "./search-index.ts";

let slugs = 0;

const anyOf = (q: string): FindRequest => ({
  query: readQuery(q),
  visibility: { kind: "comment" },
  ...{ narrowing: {}, needsAll: true, limit: 5, wantsFacets: false, now: new Date() },
});

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
    const index = async (...posts: { postId: PostId }[]) => {
      await indexTouched(
        visitor,
        posts.map(({ postId }) => ({ subject: { noun: "post", postId }, version: 1 })),
      );
      await visitor.index.refresh();
    };
    const publicPost = async () => {
      const { postId } = await draft();
      await publish(me, { postId, revision: 1 });
      return postId;
    };
    const indexComment = async (postId: PostId, commentId: CommentId, version: number) => {
      const subject = { noun: "comment", postId, threadId: commentId, commentId } as const;
      await indexTouched(visitor, [{ subject, version }]);
      await visitor.index.refresh();
    };
    const standings = async (q: string) =>
      (await findComments(me, { q })).items.map(({ queue, revision }) => ({ queue, revision }));
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

    test("a comment is found as it stands, from its first word until nothing is left but its place", async () => {
      const postId = await publicPost();
      const guest = await newPerson(engine.table, { role: "reader" });
      const { commentId } = await comment(guest, { postId, markdown: "왕사마귀" });
      const which = { postId, commentId };
      let version = 0;
      const expectFound = async (queue: CommentStanding, revision = 1) => {
        await indexComment(postId, commentId, ++version);
        expect(await standings("왕사마귀")).toEqual([{ queue, revision }]);
        expect((await findComments(me, { q: "왕사마귀", queue })).items).toHaveLength(1);
        const [entry] = (await visitor.index.find(anyOf("왕사마귀"))).hits;
        expect(entry).toMatchObject({ version, queue });
      };
      await expectFound("waiting");
      await moderate(me, { ...which, action: "approve" });
      await expectFound("none");
      await report(me, { ...which, reason: "" });
      await expectFound("reported");
      await edit(guest, { ...which, revision: 1, markdown: "왕사마귀 넷" });
      await expectFound("reported", 2);
      await comment(me, { postId, parentId: commentId, markdown: "답" });
      await moderate(me, { ...which, action: "hide" });
      await expectFound("hidden", 2);
      await moderate(me, { ...which, action: "approve" });
      await expectFound("none", 2);
      await remove(guest, which);
      // What an older record tells does not bring it back, nor take the mark away.
      for (const told of [++version, 1]) {
        await indexComment(postId, commentId, told);
        expect(await standings("왕사마귀")).toEqual([]);
      }
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

    test("the audit finds damage of comments, whether something of them is left in the table or not", async () => {
      const postId = await publicPost();
      const say = () => comment(me, { postId, markdown: "감사받을댓글" });
      const [current, old, answered, gone] = await Promise.all([say(), say(), say(), say()]);
      const answer = await comment(me, { postId, parentId: answered.commentId, markdown: "감사받을답" });
      const generation = (await visitor.index.generations()).find(({ isRead }) => isRead)?.number ?? 0;
      const before = await audit(visitor, { generation, repairs: true });
      expect(await audit(visitor, { generation, repairs: false })).toEqual({
        ...before,
        ...{ missing: 0, stale: 0, ghosts: 0 },
      });
      expect(await standings("감사받을댓글")).toHaveLength(4);

      // Lost: a new one. Old: hidden since. Ghosts: deleted, one with a place that is left, and one that never was.
      await say();
      await moderate(me, { postId, commentId: old.commentId, action: "hide" });
      await remove(me, { postId, commentId: answered.commentId });
      await remove(me, { postId, commentId: gone.commentId });
      await put(visitor.index, commentDocumentOf({ postId, version: 9 }));

      const damage = await audit(visitor, { generation, repairs: true });
      expect(damage).toEqual({ ...before, comments: before.comments - 1, missing: 1, stale: 1, ghosts: 3 });
      expect(await audit(visitor, { generation, repairs: false })).toEqual({
        ...damage,
        ...{ missing: 0, stale: 0, ghosts: 0 },
      });
      const found = await findComments(me, { q: "감사받을댓글", queue: "hidden" });
      expect(found.items.map(({ commentId }) => commentId)).toEqual([old.commentId]);
      const left = (await findComments(me, { q: "감사받을" })).items.map(({ commentId }) => commentId);
      expect(left).toEqual(expect.arrayContaining([current.commentId, answer.commentId]));
      expect(left).toHaveLength(4);
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
      const { postId } = before[0] ?? {};
      if (postId) await comment(me, { postId, markdown: "재색인댓글" });
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
          await index(post);
          late.push(post);
        }
        return late;
      })();
      const { generation, comments } = await rebuild(visitor);
      expect(comments).toBeGreaterThan(0);
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
      expect(await standings("재색인댓글")).toHaveLength(1);
      const generations = await visitor.index.generations();
      expect(generations.filter(({ isRead }) => isRead).map(({ number }) => number)).toEqual([generation]);
      expect(generations.length, "the one before is kept").toBe(2);
    });
  });
});
