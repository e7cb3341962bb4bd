import { monthOf } from "@haru/core/site-time";
import type { APIRequestContext } from "@playwright/test";
import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";
import { expect, test } from "./fixtures.ts";
import { asPerson, resume } from "./people.ts";

interface Draft {
  readonly postId: string;
  readonly revision: number;
}

/** All addresses that the site's map names, and everything that lists posts. */
async function everySurface(request: APIRequestContext, authorId: string): Promise<string[]> {
  const index = await (await request.get("/sitemap.xml")).text();
  const maps = locationsIn(index);
  const named = await Promise.all(
    maps.map(async (map) => locationsIn(await (await request.get(new URL(map).pathname)).text())),
  );
  const month = monthOf(new Date().toISOString());
  const ofLanguage = ["ko", "en"].flatMap((lang) => [
    `/${lang}`,
    `/${lang}/tags`,
    `/${lang}/series`,
    `/${lang}/archive`,
    `/${lang}/archive/${month}`,
    `/${lang}/authors/${authorId}`,
    `/${lang}/authors/${authorId}/feed.xml`,
    ...["feed.xml", "atom.xml", "feed.json"].map((file) => `/${lang}/${file}`),
    `/${lang}/search?q=${encodeURIComponent("유출")}`,
    `/api/posts?lang=${lang}&limit=50`,
    `/api/lists/feed?lang=${lang}`,
    `/api/lists/${lang}/tag?limit=500`,
    `/api/lists/${lang}/series?limit=500`,
    `/api/lists/addresses?lang=${lang}&month=${month}`,
    `/api/search?q=${encodeURIComponent("유출")}&lang=${lang}`,
  ]);
  const pages = named.flat().map((location) => new URL(location).pathname);
  return [
    ...["/feed.xml", "/atom.xml", "/feed.json", "/llms.txt", "/sitemap.xml"],
    ...maps.map((map) => new URL(map).pathname),
    ...ofLanguage,
    ...pages.filter((path) => path.includes("/posts/")).map((path) => `${path}.md`),
    ...pages,
  ];
}

const locationsIn = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? "");

test("what is only a draft is on no page, list, feed, map, search or API, whatever language is published", async ({
  page,
  request,
}) => {
  const author = sampleAccounts[0];
  await resume(page, { name: author.displayName, email: author.email }, samplePassword);
  const stamp = Date.now().toString(36);
  const secret = `유출${stamp}`;
  const fields = { description: "", tags: ["안내"], settings: {} };
  const known = {
    ...fields,
    title: `공개된 글 ${stamp}`,
    slug: `공개된-글-${stamp}`,
    markdown: "읽어도 되는 말.",
  };
  const ko = await asPerson<Draft>(page, "POST", "/author/posts", { lang: "ko", ...known });
  await asPerson(page, "POST", `/author/posts/${ko.postId}/publish`, { revision: ko.revision });
  // The other language of the same work, never published.
  const en = await asPerson<Draft>(page, "POST", "/author/posts", {
    lang: "en",
    translationOf: ko.postId,
    ...fields,
    title: `${secret} title`,
    slug: `${secret}-slug`,
    settings: { series: `${secret} series` },
    tags: [`${secret} tag`],
    markdown: `A ${secret} text.`,
  });
  // And changes of the published one that its author has not published.
  await asPerson(page, "PUT", `/author/posts/${ko.postId}`, {
    revision: ko.revision,
    ...known,
    title: `${secret} 새 제목`,
    tags: ["안내", `${secret} 새 태그`],
    settings: { series: `${secret} 새 연재`, pinned: true },
    markdown: `${secret} 새 본문`,
  });

  const address = `/ko/posts/${encodeURIComponent(known.slug)}`;
  await expect(async () => {
    expect(await (await request.get("/ko")).text()).toContain(known.title);
    expect(await (await request.get("/sitemap.xml")).text()).toContain("<loc>");
  }).toPass({ timeout: 20_000 });
  const post = await (await request.get(`/api/posts/by-slug/ko/${encodeURIComponent(known.slug)}`)).json();
  const surfaces = [address, `${address}.md`, ...(await everySurface(request, post.author.accountId))];
  expect(surfaces.length).toBeGreaterThan(50);
  const leaks: string[] = [];
  for (const surface of new Set(surfaces)) {
    const response = await request.get(surface);
    const body = decodeURIComponent((await response.text()).replaceAll(/%(?![\da-f]{2})/gi, "%25"));
    if (body.includes(secret)) leaks.push(surface);
  }
  expect(leaks).toEqual([]);

  // The draft's own addresses say what any address says that nobody has.
  for (const path of [
    `/en/posts/${secret}-slug`,
    `/en/posts/${secret}-slug.md`,
    `/en/tags/${secret}-tag`,
    `/en/series/${secret}-series`,
    `/api/posts/by-slug/en/${secret}-slug`,
    `/api/posts/${en.postId}/comments`,
    `/api/author/posts/${en.postId}`,
  ]) {
    const response = await request.get(encodeURI(path));
    expect([401, 404], path).toContain(response.status());
  }
});
