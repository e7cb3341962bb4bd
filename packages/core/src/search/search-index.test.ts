import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  commentDocumentOf,
  documentOf,
  implementations,
  put,
  type TestIndex,
  testAuthor,
} from "../../test/search-index.ts";
import { createCore } from "../core.ts";
import { accountIdOf, newId } from "../id.ts";
import type { Table } from "../table.ts";
import { readQuery } from "./query.ts";
import type { SearchResults } from "./search.contract.ts";
import { find } from "./search.ts";
import { analysisVersion, documentId } from "./search-document.ts";
import type { Narrowing, SearchIndex, Visibility } from "./search-index.ts";

/** What both implementations promise. Where they differ, the difference is stated and tested here. */
describe.each(implementations)("the $name index", ({ name, missing, start }) => {
  describe.skipIf(missing !== undefined)("finds", () => {
    let started: TestIndex;
    let index: SearchIndex;
    beforeAll(async () => {
      started = await start();
      index = started.index;
      await index.open();
    });
    afterAll(() => started?.stop());

    const search = (q: string, more: Partial<Parameters<typeof find>[1]> = {}): Promise<SearchResults> =>
      find(
        { ...createCore({ table: {} as Table, locale: "ko", now: () => new Date("2026-06-01") }), index },
        { q, ...more },
      );
    const slugs = async (q: string, more?: Partial<Parameters<typeof find>[1]>) =>
      (await search(q, more)).items.map(({ slug }) => slug);

    const hitsOf = async (q: string, visibility: Visibility, narrowing: Narrowing = {}) => {
      const asked = { query: readQuery(q), visibility, narrowing, now: new Date() };
      return (await index.find({ ...asked, needsAll: true, limit: 5, wantsFacets: false })).hits;
    };

    /** A post that is found by its slug in the answers. */
    const post = (slug: string, fields: Parameters<typeof documentOf>[0]) =>
      put(index, documentOf({ slug, ...fields }));

    test("a word whatever particle or ending follows it, here and there", async () => {
      await post("particle", { text: "새벽에 두루미를 보았다. 관찰하는 방법을 적는다." });
      for (const q of ["두루미", "두루미가", "두루미는", "관찰", "관찰하려면"]) {
        expect(await slugs(q), q).toContain("particle");
      }
    });

    test("compound writing by spaced, and spaced by compound", async () => {
      await post("compound", { text: "분산데이터베이스를 고른다." });
      await post("spaced", { text: "분산 데이터 베이스를 고른다." });
      for (const q of ["데이터베이스", "데이터 베이스", "분산데이터베이스", "분산 데이터베이스"]) {
        expect(await slugs(q), q).toEqual(expect.arrayContaining(["compound", "spaced"]));
      }
    });

    test("titles, tags and headings by their initial consonants, with and without shift and spaces", async () => {
      await post("initials", { title: "빠른 서버리스 배포", headings: ["꽃과 나무"], tags: ["하늘빛"] });
      for (const q of ["ㅅㅂㄹㅅ", "ㅃㄹㅅㅂㄹㅅ", "ㅂㄹ ㅅㅂㄹㅅ", "ㄲㄱㄴㅁ", "ㅎㄴㅂ"]) {
        expect(await slugs(q), q).toContain("initials");
      }
    });

    test("a word while its last syllable is being typed", async () => {
      await post("typing", { title: "컴파일러 이야기", text: "인터프리터와 견준다." });
      for (const q of ["컴", "컴ㅍ", "컴파", "컴팡", "컴파이", "컴파일", "컴파일ㄹ", "인터플", "인터프리"]) {
        if (q.length > 1) expect(await slugs(q), q).toContain("typing");
      }
    });

    test("words typed on the other keyboard layout, and says what it took them for", async () => {
      await post("layout", { title: "수채화 입문", text: "watercolour" });
      expect(await search("tncoghk")).toMatchObject({ correctedTo: "수채화", items: [{ slug: "layout" }] });
      expect(await search("ㅈㅁㅅㄷㄱ채ㅣㅐㅕㄱ")).toMatchObject({ correctedTo: "watercolour" });
    });

    test("misspelt words, by the letters of Hangul and of Latin", async () => {
      await post("misspelt", { title: "오케스트라 합주", text: "A philharmonic evening." });
      expect(await search("오캐스트라")).toMatchObject({ correctedTo: "오케스트라" });
      expect(await search("philharmonik")).toMatchObject({ correctedTo: "philharmonic" });
    });

    test("never offers a word that only a hidden document has", async () => {
      await put(index, documentOf({ kind: "draft", title: "극비문서", text: "암호해독기 schwarzwald" }));
      for (const q of ["극비문사", "암호해독긱", "schwarzwalt"]) {
        const { items, correctedTo } = await search(q);
        expect({ items, correctedTo }, q).toEqual({ items: [], correctedTo: undefined });
      }
    });

    test("English by its stems", async () => {
      await post("stem", { lang: "en", text: "She was quickly migrating several caches." });
      for (const q of ["migrate", "migration", "migrates cache"]) expect(await slugs(q), q).toContain("stem");
    });

    test("identifiers whole and by their parts, in any case", async () => {
      await post("code", { text: "Call useOptimisticState, then zstd-codec and snake_case_name." });
      for (const q of [
        "useOptimisticState",
        "useoptimisticstate",
        "optimistic",
        "zstd-codec",
        "snake_case_name",
      ]) {
        expect(await slugs(q), q).toContain("code");
      }
    });

    test("versions as they are written", async () => {
      await post("v16.4", { title: "Fjord 16.4" });
      await post("v16.5", { title: "Fjord 16.5" });
      expect(await slugs("fjord 16.4")).toContain("v16.4");
      expect((await slugs("fjord 16.4"))[0]).toBe("v16.4");
      expect((await slugs("fjord 16.5"))[0]).toBe("v16.5");
      expect(await slugs("fjord 16")).toEqual(expect.arrayContaining(["v16.4", "v16.5"]));
    });

    test("Hangul and Latin in one word", async () => {
      await post("mixed", { text: "Quokka로 지은 집" });
      for (const q of ["Quokka로", "quokka", "quokka를", "Quokka 집"])
        expect(await slugs(q), q).toContain("mixed");
    });

    test("composed and decomposed Hangul, full-width letters and any case alike", async () => {
      await post("forms", { title: "한글 정규화".normalize("NFD"), text: "Ｎｉｇｈｔｉｎｇａｌｅ" });
      expect(await slugs("한글 정규화".normalize("NFC"))).toContain("forms");
      expect(await slugs("정규화".normalize("NFD"))).toContain("forms");
      expect(await slugs("NIGHTINGALE")).toContain("forms");
    });

    test("a title before a tag, a tag before a heading, a heading before the text", async () => {
      const word = "가로등";
      await post("in-text", { text: `${word}이 켜졌다` });
      await post("in-heading", { headings: [word], text: "켜졌다" });
      await post("in-tag", { tags: [word], text: "켜졌다" });
      await post("in-title", { title: word, text: "켜졌다" });
      expect(await slugs(word)).toEqual(["in-title", "in-tag", "in-heading", "in-text"]);
    });

    test("the fresher first of two that are alike", async () => {
      await post("older", { title: "물레방아", publishedAt: "2020-01-01T00:00:00.000Z" });
      await post("newer", { title: "물레방아", publishedAt: "2026-05-01T00:00:00.000Z" });
      expect(await slugs("물레방아")).toEqual(["newer", "older"]);
    });

    test("phrases in quotes in their order only", async () => {
      await post("phrase", { lang: "en", text: "the lantern keeps burning" });
      await post("no-phrase", { lang: "en", text: "burning keeps the lantern" });
      expect(await slugs('"lantern keeps burning"')).toEqual(["phrase"]);
    });

    test("without the words that a minus stands before", async () => {
      await post("with", { text: "모닥불 옆의 고양이" });
      await post("without", { text: "모닥불 옆의 강아지" });
      expect(await slugs("모닥불 -고양이")).toEqual(["without"]);
    });

    test("by tag, by author, and by time", async () => {
      await post("old-tag", { tags: ["Sea Shore"], text: "조약돌", publishedAt: "2024-12-31T14:59:59.999Z" });
      await post("new-tag", { tags: ["mountain"], text: "조약돌", publishedAt: "2024-12-31T15:00:00.000Z" });
      expect(await slugs('조약돌 tag:"sea shore"')).toEqual(["old-tag"]);
      expect(await slugs("tag:mountain")).toContain("new-tag");
      expect(await slugs("조약돌 after:2025")).toEqual(["new-tag"]);
      expect(await slugs("조약돌 before:2025-01-01")).toEqual(["old-tag"]);
      expect(await slugs("조약돌 author:김하루")).toHaveLength(2);
      expect(await slugs("조약돌 author:다른사람")).toEqual([]);
    });

    test("marks what fits in the title and in the best passage", async () => {
      await post("passage", {
        title: "바람개비 접기",
        text: `${"앞서는 글이다. ".repeat(60)}색종이 바람개비를 접는다.${" 뒤따르는 글이다.".repeat(60)}`,
      });
      const { items } = await search("바람개비 색종이");
      const [hit] = items;
      expect(hit?.title).toEqual([
        { text: "바람개비", isMarked: true },
        { text: " 접기", isMarked: false },
      ]);
      const marked = hit?.passage.filter(({ isMarked }) => isMarked).map(({ text }) => text);
      expect(marked).toEqual(expect.arrayContaining(["색종이"]));
      expect(hit?.passage.map(({ text }) => text).join("").length).toBeLessThan(260);
    });

    test("counts by language, tag, author and year, each with what was chosen of the others", async () => {
      const other = { accountId: accountIdOf("00000000-0000-4000-8000-00000000000b"), displayName: "다른이" };
      await post("facet-1", { text: "솔방울", tags: ["a", "b"] });
      await post("facet-2", {
        text: "솔방울",
        tags: ["a", "c"],
        lang: "en",
        publishedAt: "2025-02-02T00:00:00.000Z",
      });
      await post("facet-3", { text: "솔방울", author: other });
      const { facets, total } = await search("솔방울", { lang: "ko" });
      expect(total).toBe(2);
      expect(facets).toEqual({
        lang: [
          { value: "ko", count: 2 },
          { value: "en", count: 1 },
        ],
        tag: [
          { value: "a", count: 1 },
          { value: "b", count: 1 },
        ],
        author: [
          { value: testAuthor.accountId, label: "김하루", count: 1 },
          { value: other.accountId, label: "다른이", count: 1 },
        ],
        year: [{ value: "2026", count: 2 }],
      });
      const chosen = await search("솔방울", { tag: "a", year: 2025 });
      expect(chosen.total).toBe(1);
      expect(chosen.facets).toEqual({
        lang: [{ value: "en", count: 1 }],
        tag: [
          { value: "a", count: 1 },
          { value: "c", count: 1 },
        ],
        author: [{ value: testAuthor.accountId, label: "김하루", count: 1 }],
        year: [
          { value: "2026", count: 1 },
          { value: "2025", count: 1 },
        ],
      });
      expect(await slugs("솔방울", { tag: "b" })).toEqual(["facet-1"]);
      expect(await slugs("솔방울", { author: other.accountId })).toEqual(["facet-3"]);
      expect(await slugs("솔방울", { year: 2025 })).toEqual(["facet-2"]);
    });

    test("everything once, page by page, in one order", async () => {
      await put(
        index,
        ...Array.from({ length: 25 }, (_, at) => documentOf({ slug: `page-${at}`, text: "은하수" })),
      );
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await search("은하수", { limit: 10, cursor });
        expect(page.total).toBe(25);
        seen.push(...page.items.map(({ slug }) => slug));
        cursor = page.cursor;
      } while (cursor);
      expect(seen).toHaveLength(25);
      expect(new Set(seen).size).toBe(25);
    });

    test("something rather than nothing when not all words are anywhere, most of them first", async () => {
      await post("two-of-three", { text: "나침반 망원경" });
      await post("one-of-three", { text: "나침반" });
      expect(await slugs("나침반 망원경 존재하지않는것")).toEqual(["two-of-three", "one-of-three"]);
    });

    test("nothing for a query that asks for nothing, whatever it looks like", async () => {
      const hostile = [
        ...[
          "-",
          '"',
          "***",
          "?*",
          "tag:",
          "()",
          "AND OR NOT",
          "a*",
          "*a",
          "/.*/",
          "title:x",
          '{"match_all":{}}',
        ],
        ...[
          "NEAR(a b)",
          "col:x OR 1=1",
          "\\",
          "'; DROP TABLE documents_v1; --",
          "^",
          "~",
          "[1 TO 5]",
          "\u0301".repeat(50),
        ],
        ...[
          "-".repeat(200),
          '"'.repeat(199),
          "a ".repeat(100),
          "ㅋ".repeat(200),
          "\u{1F600}".repeat(90),
          'tag:"a',
        ],
      ];
      for (const q of hostile) expect((await search(q)).items, q).toBeInstanceOf(Array);
    });

    test("only what is for the asker: a draft for nobody but its author", async () => {
      await put(index, documentOf({ kind: "draft", slug: "mine", text: "비밀일기장" }));
      expect(await slugs("비밀일기장")).toEqual([]);
      expect((await search("비밀일기장")).facets?.lang).toEqual([]);
      const hits = await hitsOf("비밀일기장", { kind: "draft", ownerId: testAuthor.accountId });
      expect(hits).toMatchObject([{ slug: "mine" }]);
    });

    test("comments by their words and their authors' names, for whoever moderates them", async () => {
      const [first, second] = [
        commentDocumentOf({ text: "두더지가 땅을 판다", queue: "waiting" }),
        commentDocumentOf({
          text: "두더지는 눈이 작다",
          author: { accountId: accountIdOf("00000000-0000-4000-8000-00000000000c"), displayName: "최늦봄" },
          publishedAt: "2025-06-01T00:00:00.000Z",
        }),
      ];
      const elsewhere = commentDocumentOf({
        text: "두더지",
        postAuthorId: accountIdOf("00000000-0000-4000-8000-00000000000d"),
      });
      await put(index, first, second, elsewhere);
      const mine = { kind: "comment", ownerId: testAuthor.accountId } as const;
      const ids = async (...asked: Parameters<typeof hitsOf>) =>
        (await hitsOf(...asked)).map((hit) => hit.kind === "comment" && hit.commentId).toSorted();
      const both = [first.commentId, second.commentId].toSorted();
      for (const q of ["두더지", "두더지를"]) expect(await ids(q, mine), q).toEqual(both);
      for (const q of ["최늦봄", "ㅊㄴㅂ", "author:최늦봄 두더지", "두더지 before:2026", "두더지 -판다"])
        expect(await ids(q, mine), q).toEqual([second.commentId]);
      expect(await ids("두더지", mine, { queue: "waiting" })).toEqual([first.commentId]);
      expect(await ids("두더지", mine, { queue: "none" })).toEqual([second.commentId]);
      expect(await ids("두더지", { kind: "comment" })).toEqual([...both, elsewhere.commentId].toSorted());
      // Whose comment it is says nothing about who may find it.
      expect(await ids("두더지", { ...mine, ownerId: second.author.accountId })).toEqual([]);
      for (const kind of ["post", "draft"] as const) expect(await ids("두더지", { kind })).toEqual([]);
      expect(await search("두더쥐")).toMatchObject({ items: [], total: 0 });
      expect((await search("최늦범")).correctedTo).toBeUndefined();
    });

    test(`a verb ${name === "OpenSearch" ? "in each of its forms" : "by its stem alone, where that changes"}`, async () => {
      // The one difference: nori knows that `들었다` is a form of `듣다`; the embedded index only cuts endings.
      await post("verb", { text: "빗소리를 들었다" });
      expect(await slugs("듣다")).toEqual(name === "OpenSearch" ? ["verb"] : []);
    });
  });

  describe.skipIf(missing !== undefined)("keeps", () => {
    let started: TestIndex;
    let index: SearchIndex;
    beforeAll(async () => {
      started = await start();
      index = started.index;
      await Promise.all([index.open(), index.open()]);
    });
    afterAll(() => started?.stop());

    const entryOf = async (id: string, generation = 1) => {
      await index.refresh();
      const { segmentOf } = await import("./segment.ts");
      const entries = await index.listVersions({ generation, segment: segmentOf(id), limit: 500 });
      return entries.find((entry) => entry.id === id);
    };

    test("the newest version, whatever comes later and how often", async () => {
      const document = documentOf({ version: 3, title: "셋" });
      await put(index, document);
      await put(index, { ...document, version: 2, title: "둘" });
      await put(index, document);
      expect(await entryOf(document.id)).toEqual({ id: document.id, version: 3, isGone: false });
    });

    test("a mark of what is gone, which older writes do not undo", async () => {
      const document = documentOf({ version: 4 });
      await put(index, document);
      await index.write([{ id: document.id, version: 5 }]);
      await put(index, document);
      expect(await entryOf(document.id)).toEqual({ id: document.id, version: 5, isGone: true });
      await put(index, { ...document, version: 6 });
      expect(await entryOf(document.id)).toEqual({ id: document.id, version: 6, isGone: false });
    });

    test("marks until they are swept, and nothing else is swept", async () => {
      const [gone, there] = [documentOf(), documentOf()];
      await put(index, gone, there);
      await index.write([{ id: gone.id, version: 2 }]);
      await index.refresh();
      expect(await index.sweep(new Date(Date.now() - 60_000))).toBe(0);
      expect(await index.sweep(new Date(Date.now() + 60_000))).toBeGreaterThan(0);
      expect(await entryOf(gone.id)).toBeUndefined();
      expect(await entryOf(there.id)).toMatchObject({ isGone: false });
    });

    test("writing to a generation that is being built, reading from the old one until it is swapped", async () => {
      const before = documentOf({ slug: "before" });
      await put(index, before);
      const next = await index.begin();
      const after = documentOf({ slug: "after" });
      await put(index, after);
      expect(await entryOf(after.id, 1)).toBeDefined();
      expect(await entryOf(after.id, next)).toBeDefined();
      expect(await entryOf(before.id, next)).toBeUndefined();
      await index.write([{ id: before.id, version: 1, document: before }], { onlyTo: next });
      expect(await entryOf(before.id, next)).toBeDefined();
      await index.swap(next);
      await index.refresh();
      expect(await index.generations()).toMatchObject([
        { number: 1, isRead: false, isWritten: true, analysis: analysisVersion },
        { number: next, isRead: true, isWritten: true, documents: 2 },
      ]);
      await index.swap(1);
      await index.drop(next);
      expect((await index.generations()).map(({ number }) => number)).toEqual([1]);
      await index.drop(1);
      expect(await index.generations(), "what is read cannot be dropped").toHaveLength(1);
    });

    test("entries of a segment in order, page by page", async () => {
      const { segmentOf } = await import("./segment.ts");
      const postId = newId("post", new Date());
      const ids = Array.from({ length: 7 }, (_, at) => {
        const commentId = `cmt_${String(at).repeat(25)}0` as const;
        return documentId("comment", postId, commentId, commentId);
      });
      await index.write(ids.map((id) => ({ id, version: 1 })));
      await index.refresh();
      const segment = segmentOf(ids[0] ?? "");
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await index.listVersions({ generation: 1, segment, after, limit: 3 });
        seen.push(...page.map(({ id }) => id));
        after = page.at(-1)?.id;
        if (page.length < 3) break;
      }
      expect(seen).toEqual([...seen].sort());
      expect(seen).toEqual(expect.arrayContaining(ids));
    });
  });
});
