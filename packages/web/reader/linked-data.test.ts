import { postSettingsSchema } from "@haru/core/post/post.contract";
import { expect, test } from "vitest";
import { blogPosting, linkedData, webSite } from "./linked-data.ts";

const post = {
  postId: "pst_1",
  lang: "ko",
  slug: "하루",
  title: "</script><script>alert(1)</script>",
  description: "요약",
  tags: ["일기"],
  settings: postSettingsSchema.parse({}),
  author: { accountId: "acc_1", displayName: "김하루" },
  publishedAt: "2026-11-20T09:00:00.000Z",
  updatedAt: "2026-11-21T09:00:00.000Z",
  readingMinutes: 3,
  commentCount: 2,
  html: "",
  headings: [],
  translations: [],
} as const;
const site = { name: "하루", tagline: "기록", navigation: [], socialLinks: [] };
const origin = "https://haru.example";

test("no title ends the script element that holds the data", () => {
  const things = blogPosting(origin, { ...post, tags: [...post.tags], headings: [], translations: [] }, site);
  const text = linkedData(things);
  expect(text).not.toContain("<");
  expect(JSON.parse(text)["@graph"][0].headline).toBe(post.title);
});

test("everything that is referred to by its id is in the data", () => {
  const things = blogPosting(origin, { ...post, tags: [...post.tags], headings: [], translations: [] }, site);
  const ids = things.map((thing) => (thing as { "@id"?: string })["@id"]);
  const referred = [...JSON.stringify(things).matchAll(/\{"@id":"([^"]+)"\}/g)].map(([, id]) => id);
  expect(referred.length).toBeGreaterThan(2);
  for (const id of referred) expect(ids).toContain(id);
});

test("the front page says how the site is searched", () => {
  expect(webSite(origin, "en", site)).toMatchObject({
    "@type": "WebSite",
    potentialAction: { "query-input": "required name=search_term_string" },
  });
});
