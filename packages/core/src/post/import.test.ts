import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import { create, readDraft, update } from "./draft.ts";
import { importPost } from "./import.ts";
import type { PlannedPost } from "./import-plan.ts";
import { read } from "./post.ts";
import { unpublish } from "./publish.ts";

let engine: TestTable;
let me: ActorCore;
beforeAll(async () => {
  engine = await startTable();
  me = await newPerson(engine.table);
});
afterAll(() => engine.stop());

let slugs = 0;
const file = (changes: Partial<PlannedPost> = {}): PlannedPost => ({
  path: "ko/a.md",
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
const page = ({ lang, slug }: PlannedPost) => read(me, { lang, slug });

test("an imported post is published under the date of its file", async () => {
  const planned = file();
  expect(await importPost(me, planned)).toBe("imported");
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
  await importPost(me, planned);
  const before = await page(planned);
  expect(await importPost(me, planned)).toBe("unchanged");
  expect(await page(planned)).toEqual(before);
  const { revision } = await readDraft(me, { postId: before.postId });
  expect(revision).toBe(1);
});

test("a post without a date is published at the time of its first import, once", async () => {
  const { publishedAt: _, ...planned } = file();
  const start = new Date().toISOString();
  await importPost(me, planned);
  const { publishedAt } = await page(planned);
  expect(publishedAt >= start).toBe(true);
  expect(await importPost(me, planned)).toBe("unchanged");
  expect(await page(planned)).toMatchObject({ publishedAt });
});

test("a changed file changes the post, a changed date moves it", async () => {
  const planned = file();
  await importPost(me, planned);
  const changed = { ...planned, markdown: "새 본문", publishedAt: "2024-12-06T00:00:00.000Z" };
  expect(await importPost(me, changed)).toBe("updated");
  expect(await page(changed)).toMatchObject({ html: "<p>새 본문</p>\n", publishedAt: changed.publishedAt });
  expect(await importPost(me, changed)).toBe("unchanged");
});

test("the same slug in another language is a translation of the same work", async () => {
  const ko = file();
  const en = { ...ko, lang: "en" as const, path: "en/a.md", title: "An old text" };
  await importPost(me, ko);
  await importPost(me, en);
  expect((await page(ko)).translations).toEqual([{ lang: "en", slug: en.slug, title: en.title }]);
  expect((await page(en)).translations).toEqual([{ lang: "ko", slug: ko.slug, title: ko.title }]);
});

test("a post that was edited on the site keeps its edit", async () => {
  const planned = file();
  await importPost(me, planned);
  const { postId } = await page(planned);
  const { title, slug, description, tags } = planned;
  await update(me, { postId, revision: 1, title, slug, description, tags, markdown: "사이트에서 고침" });
  expect(await importPost(me, { ...planned, markdown: "파일에서 고침" })).toBe("edited");
  expect(await readDraft(me, { postId })).toMatchObject({ markdown: "사이트에서 고침" });
  expect(await page(planned)).toMatchObject({ html: "<p>본문</p>\n" });
});

test("a post that was taken off the site stays off", async () => {
  const planned = file();
  await importPost(me, planned);
  await unpublish(me, { postId: (await page(planned)).postId });
  expect(await importPost(me, planned)).toBe("unchanged");
  await expect(page(planned)).rejects.toMatchObject({ code: "not_found" });
});

test("a draft is saved and no reader sees it until its file says otherwise", async () => {
  const draft = file({ isDraft: true });
  expect(await importPost(me, draft)).toBe("imported");
  expect(await importPost(me, draft)).toBe("unchanged");
  await expect(page(draft)).rejects.toMatchObject({ code: "not_found" });
  expect(await importPost(me, { ...draft, isDraft: false })).toBe("imported");
  expect(await page(draft)).toMatchObject({ publishedAt: draft.publishedAt });
});

test("an import that ended between saving and publishing is finished by the next", async () => {
  const planned = file();
  const { lang, slug, title, description, tags, markdown } = planned;
  await create(me, { lang, slug, title, description, tags, markdown });
  expect(await importPost(me, planned)).toBe("imported");
  expect(await page(planned)).toMatchObject({ publishedAt: planned.publishedAt });
  expect(await importPost(me, planned)).toBe("unchanged");
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
  expect(await importPost(me, planned)).toBe("edited");
  expect(await readDraft(me, { postId: own.postId })).toMatchObject({ markdown: "내 초안", state: "draft" });
});

test("a slug that is someone else's is a conflict", async () => {
  const planned = file();
  await importPost(await newPerson(engine.table), planned);
  await expect(importPost(me, planned)).rejects.toMatchObject({
    code: "conflict",
    fields: { slug: [expect.any(String)] },
  });
});
