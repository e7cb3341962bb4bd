import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import { posts } from "../list/list.ts";
import { create, readDraft, update } from "../post/draft.ts";
import { posts as drafts } from "../post/post.entity.ts";
import { read } from "../post/post.ts";
import { unpublish } from "../post/publish.ts";
import { exportPosts } from "./export.ts";
import { importPost } from "./import.ts";
import type { TransferredPost } from "./transfer.contract.ts";

let engine: TestTable;
let me: ActorCore;
beforeAll(async () => {
  engine = await startTable();
  me = await newPerson(engine.table);
});
afterAll(() => engine.stop());

let slugs = 0;
const file = (changes: Partial<TransferredPost> = {}): TransferredPost => ({
  lang: "ko",
  slug: `import-${++slugs}`,
  title: "옛 글",
  description: "",
  tags: ["일기"],
  markdown: "본문",
  publishedAt: "2024-12-05T00:00:00.000Z",
  isDraft: false,
  ...changes,
});
const textOf = ({ slug, title, description, tags, markdown }: TransferredPost) => ({
  ...{ slug, title, description, tags, markdown },
});
const outcomeOf = async (post: TransferredPost) => (await importPost(me, post)).outcome;
const page = ({ lang, slug }: TransferredPost) => read(me, { lang, slug });

test("an imported post is published under the date of its file", async () => {
  const planned = file();
  expect(await outcomeOf(planned)).toBe("imported");
  const { publishedAt } = planned;
  expect(await page(planned)).toMatchObject({
    title: "옛 글",
    html: "<p>본문</p>\n",
    publishedAt,
    updatedAt: publishedAt,
  });
});

test("a second import changes nothing and says so", async () => {
  const planned = file();
  await outcomeOf(planned);
  const before = await page(planned);
  expect(await outcomeOf(planned)).toBe("unchanged");
  expect(await page(planned)).toEqual(before);
  const { revision } = await readDraft(me, { postId: before.postId });
  expect(revision).toBe(1);
});

test("a post without a date is published at the time of its first import, once", async () => {
  const { publishedAt: _, ...planned } = file();
  const start = new Date().toISOString();
  await outcomeOf(planned);
  const { publishedAt } = await page(planned);
  expect(publishedAt >= start).toBe(true);
  expect(await outcomeOf(planned)).toBe("unchanged");
  expect(await page(planned)).toMatchObject({ publishedAt });
});

test("a changed file changes the post, a changed date moves it", async () => {
  const planned = file();
  await outcomeOf(planned);
  const changed = { ...planned, markdown: "새 본문", publishedAt: "2024-12-06T00:00:00.000Z" };
  expect(await outcomeOf(changed)).toBe("updated");
  expect(await page(changed)).toMatchObject({ html: "<p>새 본문</p>\n", publishedAt: changed.publishedAt });
  expect(await outcomeOf(changed)).toBe("unchanged");
});

test("the same slug in another language is a translation of the same work", async () => {
  const ko = file();
  const en = { ...ko, lang: "en" as const, title: "An old text" };
  await outcomeOf(ko);
  await outcomeOf(en);
  expect((await page(ko)).translations).toEqual([{ lang: "en", slug: en.slug, title: en.title }]);
  expect((await page(en)).translations).toEqual([{ lang: "ko", slug: ko.slug, title: ko.title }]);
});

test("a post that was edited on the site keeps its edit", async () => {
  const planned = file();
  await outcomeOf(planned);
  const { postId } = await page(planned);
  const { title, slug, description, tags } = planned;
  await update(me, { postId, revision: 1, title, slug, description, tags, markdown: "사이트에서 고침" });
  expect(await outcomeOf({ ...planned, markdown: "파일에서 고침" })).toBe("edited");
  expect(await readDraft(me, { postId })).toMatchObject({ markdown: "사이트에서 고침" });
  expect(await page(planned)).toMatchObject({ html: "<p>본문</p>\n" });
});

test("a post that was taken off the site stays off", async () => {
  const planned = file();
  await outcomeOf(planned);
  await unpublish(me, { postId: (await page(planned)).postId });
  expect(await outcomeOf(planned)).toBe("unchanged");
  await expect(page(planned)).rejects.toMatchObject({ code: "not_found" });
});

test("a draft is saved and no reader sees it until its file says otherwise", async () => {
  const draft = file({ isDraft: true });
  expect(await outcomeOf(draft)).toBe("imported");
  expect(await outcomeOf(draft)).toBe("unchanged");
  await expect(page(draft)).rejects.toMatchObject({ code: "not_found" });
  expect(await outcomeOf({ ...draft, isDraft: false })).toBe("imported");
  expect(await page(draft)).toMatchObject({ publishedAt: draft.publishedAt });
});

test("an import that ended between saving and publishing is finished by the next", async () => {
  const planned = file();
  const { lang, slug, title, description, tags, markdown } = planned;
  await create(me, { lang, slug, title, description, tags, markdown });
  expect(await outcomeOf(planned)).toBe("imported");
  expect(await page(planned)).toMatchObject({ publishedAt: planned.publishedAt });
  expect(await outcomeOf(planned)).toBe("unchanged");
});

test("an author's own draft at the slug is not overwritten", async () => {
  const planned = file();
  const { lang, slug } = planned;
  const own = await create(me, {
    lang,
    slug,
    title: "내 글",
    description: "",
    tags: [],
    markdown: "내 초안",
  });
  expect(await outcomeOf(planned)).toBe("edited");
  expect(await readDraft(me, { postId: own.postId })).toMatchObject({ markdown: "내 초안", state: "draft" });
});

test("a slug that is someone else's is a conflict", async () => {
  const planned = file();
  await importPost(await newPerson(engine.table), planned);
  await expect(outcomeOf(planned)).rejects.toMatchObject({
    code: "conflict",
    fields: { slug: [expect.any(String)] },
  });
});

test("a rehearsal says what would happen and changes nothing", async () => {
  const planned = file();
  expect(await importPost(me, { ...planned, isRehearsal: true })).toEqual({ outcome: "imported" });
  await expect(page(planned)).rejects.toMatchObject({ code: "not_found" });
  await importPost(me, planned);
  const changed = { ...planned, markdown: "다른 본문" };
  expect(await importPost(me, { ...changed, isRehearsal: true })).toEqual({ outcome: "updated" });
  expect(await page(planned)).toMatchObject({ html: "<p>본문</p>\n" });
});

test("ids, dates and what was written since come over, and a second import changes nothing", async () => {
  const postId = me.newId("post");
  const workId = me.newId("work");
  const updatedAt = "2025-01-02T03:04:05.678Z";
  const settings = {
    unlisted: false,
    pinned: true,
    kind: "post" as const,
    series: "",
    searchTitle: "",
    searchDescription: "",
  };
  const planned = file({ postId, workId, updatedAt });
  const { title, slug, description, tags } = planned;
  const changes = { title, slug, description, tags, settings, markdown: "아직 공개하지 않은 말" };
  expect(await outcomeOf({ ...planned, changes })).toBe("imported");
  expect(await page(planned)).toMatchObject({
    postId,
    publishedAt: planned.publishedAt,
    updatedAt,
    html: "<p>본문</p>\n",
  });
  expect(await readDraft(me, { postId })).toMatchObject({ workId, ...changes });
  expect(await outcomeOf({ ...planned, changes })).toBe("unchanged");
});

test("what is exported makes the same post on an empty site", async () => {
  const planned = file({
    settings: {
      unlisted: true,
      pinned: false,
      kind: "post" as const,
      series: "",
      searchTitle: "다른 제목",
      searchDescription: "",
    },
  });
  const other = await newPerson(engine.table);
  await importPost(other, planned);
  const [exported] = (await exportPosts(other, {})).items;
  expect(exported).toMatchObject({ ...planned, updatedAt: planned.publishedAt });
});

test("a post that is forgotten while the page is read is left out of it", async () => {
  const author = await newPerson(engine.table);
  const kept = await create(author, { lang: "ko", ...textOf(file()) });
  const gone = await create(author, { lang: "ko", ...textOf(file()) });
  const { client } = engine.table;
  const send = client.send.bind(client) as (command: object) => Promise<unknown>;
  const late = async (command: object) => {
    const answer = await send(command);
    // The index is behind the table.
    if (command.constructor.name === "QueryCommand")
      await drafts(author).delete({ postId: gone.postId }).go();
    return answer;
  };
  const table = { ...engine.table, client: Object.assign(Object.create(client), { send: late }) };
  const { items } = await exportPosts({ ...author, table }, {});
  expect(items.map(({ postId }) => postId)).toEqual([kept.postId]);
});

test("nobody takes over the id of a post or a place in a work that is somebody else's", async () => {
  const stranger = await newPerson(engine.table);
  const theirs = await create(stranger, {
    lang: "ko",
    slug: file().slug,
    title: "남의 글",
    description: "",
    tags: [],
    markdown: "",
  });
  const { postId, workId } = theirs;
  const planned = file({ lang: "en", postId, workId });
  expect(await outcomeOf(planned)).toBe("imported");
  const mine = await page(planned);
  expect(mine.postId).not.toBe(postId);
  expect((await readDraft(me, { postId: mine.postId })).workId).not.toBe(workId);
});

test("no file publishes anything in the future", async () => {
  const planned = file({ publishedAt: "2999-01-01T00:00:00.000Z", updatedAt: "2999-01-01T00:00:00.000Z" });
  await importPost(me, planned);
  const { publishedAt, updatedAt } = await page(planned);
  const now = new Date().toISOString();
  expect([publishedAt <= now, updatedAt <= now]).toEqual([true, true]);
});

test("a date of long ago has a month like any other", async () => {
  const planned = file({ publishedAt: "0204-12-05T00:00:00.000Z" });
  await outcomeOf(planned);
  const { items } = await posts(me, { lang: "ko", month: "0204-12" });
  expect(items).toMatchObject([{ slug: planned.slug }]);
});
