import { monthOf } from "@haru/core/site-time";
import type { APIRequestContext } from "@playwright/test";
import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";
import { expect, type Page, test } from "./fixtures.ts";
import { asPerson, resume } from "./people.ts";

interface Draft {
  readonly postId: string;
  readonly revision: number;
}

/** Longer than the two seconds that are promised of a machine that does nothing else. */
const patience = { timeout: 20_000, intervals: [50] };

/** Everything that shows a post, by what a reader asks for. */
function surfacesOf(slug: string, tag: string, series: string, authorId: string): readonly string[] {
  const month = monthOf(new Date().toISOString());
  const [post, ofTag, ofSeries] = [slug, tag, series].map(encodeURIComponent);
  return [
    `/ko/posts/${post}`,
    `/ko/posts/${post}.md`,
    "/ko",
    `/ko/tags/${ofTag}`,
    `/ko/series/${ofSeries}`,
    `/ko/authors/${authorId}`,
    `/ko/archive/${month}`,
    "/feed.xml",
    "/ko/atom.xml",
    `/ko/tags/${ofTag}/feed.json`,
    `/sitemap/ko-${month}.xml`,
    "/llms.txt",
    `/ko/search?q=${ofTag}`,
  ];
}

/**
 * Waits until all surfaces say or do not say a word; answers the seconds until the last one did. One reader goes
 * from one to the next: as many at once as there are surfaces would measure how functions start.
 */
async function secondsUntil(
  request: APIRequestContext,
  surfaces: readonly string[],
  word: string,
  isThere: boolean,
): Promise<number> {
  const from = performance.now();
  for (const surface of surfaces)
    await expect
      .poll(async () => (await (await request.get(surface)).text()).includes(word), {
        ...patience,
        message: `${surface}: ${word}`,
      })
      .toBe(isThere);
  return (performance.now() - from) / 1000;
}

async function write(page: Page, fields: object): Promise<Draft> {
  return asPerson<Draft>(page, "POST", "/author/posts", { lang: "ko", ...fields });
}

test("what is published, changed, taken off and deleted is so on every page, feed and map, and comes back from no cache", async ({
  page,
  request,
}) => {
  const { displayName: name, email } = sampleAccounts[0];
  await resume(page, { name, email }, samplePassword);
  // None of them has a part of another one, which a page of search results would mark.
  const [first = "", second = "", tag = "", series = "", slug = ""] = [
    "처음",
    "나중",
    "새것",
    "이어",
    "글",
  ].map((word) => word + Math.random().toString(36).slice(2, 8));
  const fields = {
    slug,
    description: "",
    tags: [tag],
    settings: { series },
    markdown: `${tag} ${first}`,
  };
  const { postId, revision } = await write(page, { ...fields, title: `${first} ${tag}` });
  const { accountId } = await asPerson<{ accountId: string }>(page, "GET", "/profile");
  const surfaces = surfacesOf(slug, tag, series, accountId);
  // Readers have asked for all of them before, so that each is kept as it was.
  for (const surface of surfaces) await request.get(surface);

  const act = (verb: string, body: object) =>
    asPerson<Draft>(page, "POST", `/author/posts/${postId}/${verb}`, body);
  const seconds: Record<string, number> = {};
  await act("publish", { revision });
  // Sitemaps name addresses alone.
  const [map = ""] = surfaces.filter((surface) => surface.startsWith("/sitemap"));
  const texts = surfaces.filter((surface) => surface !== map);
  seconds.published = await secondsUntil(request, texts, first, true);
  await secondsUntil(request, [map], encodeURIComponent(slug), true);

  const changed = { ...fields, revision, title: `${second} ${tag}`, markdown: `${tag} ${second}` };
  const saved = await asPerson<Draft>(page, "PUT", `/author/posts/${postId}`, changed);
  await act("publish", { revision: saved.revision });
  seconds.changed = await secondsUntil(request, texts, second, true);
  await secondsUntil(request, texts, first, false);

  await act("unpublish", {});
  seconds.unpublished = await secondsUntil(request, texts, second, false);
  await secondsUntil(request, [map], encodeURIComponent(slug), false);
  for (let round = 0; round < 3; round++)
    for (const surface of texts)
      expect(await (await request.get(surface)).text(), surface).not.toContain(second);

  await act("publish", { revision: saved.revision });
  await secondsUntil(request, texts, second, true);
  await asPerson(page, "DELETE", `/author/posts/${postId}`);
  seconds.deleted = await secondsUntil(request, texts, second, false);
  expect((await request.get(surfaces[0] ?? "")).status()).toBe(410);
  const told = Object.entries(seconds).map(([what, value]) => `${what} ${value.toFixed(1)} s`);
  process.stdout.write(`freshness.until-seen-everywhere: ${told.join(", ")}\n`);
});
