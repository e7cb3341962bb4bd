import { planImport } from "@haru/core/transfer/plan";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { filesOfGhost } from "./ghost.ts";

const post = {
  id: "1",
  title: "가을: 아침",
  slug: "autumn-morning",
  html: "<p>본문</p>",
  status: "published",
  type: "post",
  visibility: "public",
  featured: 1,
  feature_image: "https://images.example/a.jpg",
  custom_excerpt: "짧은 글",
  published_at: "2024-12-05T00:30:00.000Z",
  updated_at: "2024-12-06 00:30:00",
  meta_title: null,
  meta_description: null,
};
const exported = (posts: object[], more: object = {}) =>
  JSON.stringify({ db: [{ meta: {}, data: { posts, ...more } }] });
const plan = (json: string) => planImport(filesOfGhost(json, (html) => html) ?? [], "en");

test("a Ghost export becomes posts with their dates, tags and pictures", () => {
  const { works, failed } = plan(
    exported([post], {
      tags: [
        { id: "t1", name: "일기" },
        { id: "t2", name: "#internal" },
        { id: "t3", name: "Autumn" },
      ],
      posts_tags: [
        { post_id: "1", tag_id: "t3", sort_order: 1 },
        { post_id: "1", tag_id: "t1", sort_order: 0 },
        { post_id: "1", tag_id: "t2", sort_order: 2 },
      ],
      posts_meta: [{ post_id: "1", meta_title: "찾는 제목", meta_description: "찾는 설명" }],
    }),
  );
  expect(failed).toEqual([]);
  expect(works[0]?.[0]?.post).toEqual({
    lang: "ko",
    slug: "autumn-morning",
    title: "가을: 아침",
    description: "짧은 글",
    tags: ["일기", "Autumn"],
    markdown: "<p>본문</p>",
    settings: {
      unlisted: false,
      pinned: true,
      kind: "post",
      series: "",
      searchTitle: "찾는 제목",
      searchDescription: "찾는 설명",
      cover: { src: "https://images.example/a.jpg", alt: "" },
    },
    isDraft: false,
    publishedAt: "2024-12-05T00:30:00.000Z",
    updatedAt: "2024-12-06T00:30:00.000Z",
  });
});

test.each([
  [{ visibility: "members" }],
  [{ visibility: "paid" }],
  [{ status: "draft", published_at: null }],
  [{ status: "scheduled" }],
])("what is not public in Ghost is not published here: %j", (more) => {
  expect(plan(exported([{ ...post, ...more }])).works[0]?.[0]?.post.isDraft).toBe(true);
});

test("pages stay pages, and a post without a usable slug gets one from its title or fails by name", () => {
  const [page] = plan(exported([{ ...post, type: "page" }])).works;
  expect(page?.[0]?.post.settings).toMatchObject({ kind: "page" });
  const { works, failed } = plan(exported([{ ...post, slug: "../../etc", title: "" }]));
  expect([works.length + failed.length]).toEqual([1]);
});

test.each(["", "{}", "[]", "null", '{"db":[]}', "<rss/>", "not json"])("%j is no Ghost export", (text) => {
  expect(filesOfGhost(text, (html) => html)).toBeUndefined();
});

test("whatever the titles, slugs and texts are, each post is planned or named with a reason", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 50 });
  fc.assert(
    fc.property(
      fc.array(fc.record({ title: anyText, slug: anyText, html: anyText }), { maxLength: 5 }),
      (given) => {
        const posts = given.map((one, id) => ({ ...post, ...one, id }));
        const { works, failed } = plan(exported(posts));
        expect(works.flat().length + failed.length).toBe(posts.length);
      },
    ),
  );
});
