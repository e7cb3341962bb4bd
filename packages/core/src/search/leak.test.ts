import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { implementations, type TestIndex } from "../../test/search-index.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { type CommentStanding, commentStandings } from "../comment/comment.contract.ts";
import { create as comment, remove as removeComment, report } from "../comment/comment.ts";
import { moderate } from "../comment/moderation.ts";
import { type ActorCore, createCore } from "../core.ts";
import type { CommentId, PostId } from "../id.ts";
import { create, readDraft, update } from "../post/draft.ts";
import { publish, unpublish } from "../post/publish.ts";
import { remove } from "../post/remove.ts";
import { schedule } from "../post/schedule.ts";
import { connectIndex } from "./connect.ts";
import { indexTouched } from "./index-touched.ts";
import { findComments } from "./moderated-comments.ts";
import { findOwn } from "./own-posts.ts";
import { find, type Searching } from "./search.ts";
import { decompose, initialsOf } from "./text/hangul.ts";
import { asLatin } from "./text/keyboard.ts";

const numRuns = 60;

/** How a post can be kept from readers, each with words that are in no other post. */
const hidden = {
  draft: { word: "자운영밭", latin: "zugzwang" },
  changed: { word: "물푸레나무", latin: "quixotry" },
  scheduled: { word: "해바라기씨", latin: "sphinxlike" },
  unlisted: { word: "도라지꽃길", latin: "jackdawish" },
  unpublished: { word: "느티나무골", latin: "vexillary" },
  deleted: { word: "솔방울더미", latin: "kumquatish" },
} as const;
type Kind = keyof typeof hidden;
const kinds = Object.keys(hidden) as Kind[];

/** No comment is for readers' searches, however it stands. */
const comments = {
  none: { word: "쑥부쟁이꽃", latin: "bramblewick" },
  waiting: { word: "모래무지떼", latin: "fjordlings" },
  reported: { word: "엉겅퀴밭길", latin: "glyphstone" },
  hidden: { word: "도깨비바늘", latin: "wyvernmoor" },
  removed: { word: "물까치둥지", latin: "thistlebux" },
} as const satisfies Record<CommentStanding | "removed", object>;
type Standing = keyof typeof comments;
const standings = Object.keys(comments) as Standing[];
const secrets = [...Object.values(hidden), ...Object.values(comments)].flatMap((words) =>
  Object.values(words),
);

/** What readers may find; it shares some words with what they may not. */
const open = {
  description: "",
  title: "모두의 글",
  tags: ["공개"],
  markdown: "누구나 읽는 글이다. common words",
};

/** A query as somebody would type it who suspects what is hidden. */
const probe = fc
  .record({
    secret: fc.constantFrom(...secrets),
    form: fc.constantFrom("whole", "part", "half", "initials", "layout", "typo", "phrase", "particle", "tag"),
    from: fc.nat(3),
    company: fc.constantFrom(
      "",
      "글",
      "-없는말",
      "common",
      "after:2000",
      "before:2999",
      "author:김하루",
      "*",
      "OR",
    ),
    isFirst: fc.boolean(),
  })
  .map(({ secret, form, from, company, isFirst }) => {
    const words = [formed(secret, form, from), company].filter(Boolean);
    return (isFirst ? words : words.toReversed()).join(" ") || secret;
  });

function formed(secret: string, form: string, from: number): string {
  const forms: Record<string, string> = {
    whole: secret,
    part: secret.slice(from % 2, from + 3),
    half: decompose(secret)
      .slice(0, 4 + from)
      .normalize("NFC"),
    initials: initialsOf(secret),
    layout: asLatin(secret),
    typo: `${secret.slice(0, from)}${secret.slice(from + 1)}`,
    phrase: `"${secret} ${secret}"`,
    particle: `${secret}에서는`,
    tag: `tag:${secret}`,
  };
  return forms[form] ?? secret;
}

const asked = fc.record(
  {
    q: probe,
    lang: fc.constantFrom("ko" as const, "en" as const),
    year: fc.constantFrom(2025, 2026),
    tag: fc.constantFrom("공개", ...secrets),
  },
  { requiredKeys: ["q"] },
);

describe.each(implementations)("with the $name index", ({ missing, start }) => {
  describe.skipIf(missing !== undefined)("nobody finds", () => {
    let engine: TestTable;
    let started: TestIndex;
    let visitor: Searching;
    let withoutIndex: Searching;
    let me: Searching<ActorCore>;
    let stranger: Searching<ActorCore>;
    let admin: Searching<ActorCore>;
    const ids = new Map<Kind, PostId>();
    const commentIds = new Map<Standing, CommentId>();
    let openIds: PostId[];

    beforeAll(async () => {
      [engine, started] = await Promise.all([startTable(), start()]);
      const { index } = started;
      await index.open();
      const core = createCore({ table: engine.table, locale: "ko" });
      visitor = { ...core, index };
      const signing = { region: "", credentials: () => Promise.reject(new Error("not signed")) };
      withoutIndex = { ...core, index: connectIndex("none", signing) };
      me = { ...(await newPerson(engine.table)), index };
      stranger = { ...(await newPerson(engine.table)), index };
      admin = { ...(await newPerson(engine.table, { role: "admin" })), index };

      const other = await create(me, { lang: "en", slug: "open-en", ...open });
      const mine = await create(me, { lang: "ko", slug: "open-ko", ...open });
      openIds = [other.postId, mine.postId];
      for (const postId of openIds) await publish(me, { postId, revision: 1 });
      for (const kind of kinds) ids.set(kind, await hide(kind));
      for (const standing of standings) commentIds.set(standing, await say(standing, mine.postId));
      const touchedPosts = [...ids.values(), ...openIds].map((postId) => ({ noun: "post", postId }) as const);
      const touchedComments = [...commentIds.values()].map(
        (commentId) => ({ noun: "comment", postId: mine.postId, threadId: commentId, commentId }) as const,
      );
      const subjects = [...touchedPosts, ...touchedComments];
      await indexTouched(
        visitor,
        subjects.map((subject) => ({ subject, version: 1 })),
      );
      await index.refresh();
    });
    afterAll(async () => {
      await started?.stop();
      await engine?.stop();
    });

    async function hide(kind: Kind): Promise<PostId> {
      const { word, latin } = hidden[kind];
      const secret = {
        slug: `hidden-${kind}`,
        title: `${word} ${latin} 글`,
        description: `${latin} ${word}`,
        tags: [word, latin],
        markdown: `# ${word}\n\n${latin} common`,
      };
      if (kind === "changed") {
        const { postId } = await create(me, { lang: "ko", ...secret, ...open, slug: "changed" });
        await publish(me, { postId, revision: 1 });
        await update(me, { ...secret, slug: "changed", postId, revision: 1 });
        return postId;
      }
      const settings = { unlisted: kind === "unlisted" };
      const { postId } = await create(me, { lang: "ko", ...secret, settings });
      const publishAt = "2999-01-01T00:00:00.000Z";
      if (kind === "scheduled") await schedule(me, { postId, revision: 1, publishAt });
      if (kind === "scheduled" || kind === "draft") return postId;
      await publish(me, { postId, revision: 1 });
      if (kind === "unpublished") await unpublish(me, { postId });
      if (kind === "deleted") await remove(me, { postId });
      return postId;
    }

    async function say(standing: Standing, postId: PostId): Promise<CommentId> {
      const { word, latin } = comments[standing];
      const guest = await newPerson(engine.table, { role: "reader", displayName: `${latin}${standing}` });
      const { commentId } = await comment(guest, { postId, markdown: `${word} **${latin}** common 글` });
      const which = { postId, commentId };
      if (standing === "hidden") await moderate(me, { ...which, action: "hide" });
      if (standing === "none" || standing === "reported") await moderate(me, { ...which, action: "approve" });
      if (standing === "reported") await report(stranger, { ...which, reason: "" });
      if (standing === "removed") await removeComment(guest, which);
      return commentId;
    }

    /** Nothing that came may tell of a secret that the asker did not type. */
    function expectNoSecret(answer: unknown, q: string): void {
      const said = JSON.stringify(answer);
      for (const secret of secrets) {
        if (!q.includes(secret)) expect(said).not.toContain(secret);
      }
    }

    test("what is hidden, however they ask, with the index or without", async () => {
      const known = new Set([...openIds, ids.get("changed")]);
      await fc.assert(
        fc.asyncProperty(asked, async (input) => {
          for (const core of [visitor, withoutIndex]) {
            const { items, facets, correctedTo } = await find(core, input);
            for (const { postId, lang } of items) {
              expect(known.has(postId)).toBe(true);
              if (input.lang) expect(lang).toBe(input.lang);
            }
            const words = items.map(({ title, passage, tags }) => ({ title, passage, tags }));
            expectNoSecret(words, "");
            expectNoSecret(facets ?? {}, "");
            expectNoSecret(correctedTo ?? "", input.q);
          }
        }),
        { numRuns },
      );
    });

    test("other people's posts among their own, whoever they say they ask for", async () => {
      await fc.assert(
        fc.asyncProperty(probe, fc.constantFrom("own" as const, "all" as const), async (q, whose) => {
          expect(await findOwn(stranger, { q, whose })).toEqual({ items: [] });
        }),
        { numRuns },
      );
    });

    test("a comment that they do not moderate, however they ask", async () => {
      const queues = fc.constantFrom(undefined, ...commentStandings);
      await fc.assert(
        fc.asyncProperty(probe, queues, async (q, queue) => {
          expect(await findComments(stranger, { q, queue })).toEqual({ items: [] });
        }),
        { numRuns },
      );
    });

    test("a comment among posts, its moderators included", async () => {
      for (const q of Object.values(comments).flatMap((words) => Object.values(words))) {
        for (const core of [visitor, me, admin]) expect(await find(core, { q })).toMatchObject({ total: 0 });
        for (const core of [me, admin])
          expect(await findOwn(core, { q, whose: "all" })).toEqual({ items: [] });
      }
    });

    test("as a moderator less than every comment that is theirs to moderate, but for what was deleted", async () => {
      for (const standing of standings) {
        const { word, latin } = comments[standing];
        const expected = standing === "removed" ? [] : [commentIds.get(standing)];
        for (const core of [me, admin]) {
          for (const q of [word, latin, `${word}에서는`, `"${word} ${latin}"`]) {
            const { items } = await findComments(core, { q });
            expect(items.map(({ commentId }) => commentId)).toEqual(expected);
          }
        }
        if (standing === "removed") continue;
        const { items } = await findComments(me, { q: "common 글", queue: standing });
        expect(items).toMatchObject([{ commentId: commentIds.get(standing), queue: standing }]);
      }
    });

    test("less than everything that is theirs; a deleted post is in the list of deleted posts alone", async () => {
      for (const kind of kinds) {
        const { items } = await findOwn(me, { q: hidden[kind].word });
        const expected = kind === "deleted" ? [] : [ids.get(kind)];
        expect(items.map(({ postId }) => postId)).toEqual(expected);
        expect((await findOwn(admin, { q: hidden[kind].word })).items).toEqual([]);
        const all = await findOwn(admin, { q: hidden[kind].word, whose: "all" });
        expect(all.items.map(({ postId }) => postId)).toEqual(expected);
      }
      const scheduled = await findOwn(me, { q: "글", state: "scheduled" });
      expect(scheduled.items.map(({ postId }) => postId)).toEqual([ids.get("scheduled")]);
      const draft = await readDraft(me, { postId: ids.get("draft") as PostId });
      const [found] = (await findOwn(me, { q: hidden.draft.latin })).items;
      expect({ ...found, markdown: draft.markdown }).toEqual(draft);
    });
  });
});
