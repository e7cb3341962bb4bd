import { readdirSync } from "node:fs";
import path from "node:path";
import { open } from "@haru/core/account/account";
import { type ActorCore, createCore } from "@haru/core/core";
import { create, readDraft, update } from "@haru/core/post/draft";
import type { Draft } from "@haru/core/post/post.contract";
import { publish } from "@haru/core/post/publish";
import { read as readSite, update as updateSite } from "@haru/core/site/site";
import { exportPosts } from "@haru/core/transfer/export";
import { importPost } from "@haru/core/transfer/import";
import { planImport } from "@haru/core/transfer/plan";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newPerson } from "../packages/core/test/people.ts";
import { startTable, type TestTable } from "../packages/core/test/table.ts";
import { transferMessages } from "../packages/web/features/transfer/messages.ts";
import { packSite } from "../packages/web/features/transfer/pack-site.ts";
import { readDropped } from "../packages/web/features/transfer/read-dropped.ts";
import { runImport } from "../packages/web/features/transfer/run-import.ts";
import { importFiles } from "./import-files.ts";
import { origin, type ReaderSite, startReaderSite } from "./reader-site.ts";
import {
  faultsOfFeed,
  faultsOfHtml,
  faultsOfLinkedData,
  faultsOfSitemap,
  readSitemapIndex,
} from "./validity.ts";

/*
 * A site is exported, imported into an empty one, and every page and feed that readers can reach is
 * made from both with the pages' own code and compared byte by byte. The table, the verbs, the archive
 * and the pages are the real ones; only Next.js's cache and the network between them are left out.
 */
vi.mock("../packages/web/reader/assets.ts", () => ({ assetUrl: (name: string) => `/assets/${name}` }));

let old: TestTable;
let fresh: TestTable;
let site: ReaderSite;

beforeAll(async () => {
  [old, fresh] = await Promise.all([startTable(), startTable()]);
  site = await startReaderSite();
});
afterAll(async () => {
  site.stop();
  await Promise.all([old.stop(), fresh.stop()]);
});

/** What readers get of the old site, by its name. */
let pages: ReadonlyMap<string, string>;
/** Of every post, whether readers see it or not. */
const slugs = new Map<string, string[]>();

/** The sample posts, and each kind of post that they do not show. */
async function fill(author: ActorCore): Promise<void> {
  await importFiles(path.resolve(import.meta.dirname, "../content"), {
    author: "a@haru.example",
    findAccountId: async () => author.actor.accountId,
    coreFor: () => author,
  });
  const release = ({ postId, revision }: Draft) => publish(author, { postId, revision });
  const ko = { lang: "ko" as const };
  const fields = {
    description: "",
    tags: ["일기", "Day by Day"],
    markdown: "    코드로 시작하는 글\n\n**공지(중요)**를",
  };
  const edited = await create(author, {
    ...ko,
    ...fields,
    slug: "고친-글",
    title: '따옴표 "와 \\ 와: # 있는 제목',
  });
  await release(edited);
  const next = {
    ...fields,
    title: "고친 제목",
    slug: "고친-글",
    settings: { pinned: true, series: "하루하루", searchTitle: "찾는 제목" },
  };
  const second = await update(author, { ...next, postId: edited.postId, revision: edited.revision });
  await release(second);
  // Readers do not see this one yet, and must not see it on the new site either.
  await update(author, {
    ...next,
    slug: "옮길-주소",
    markdown: "아직숨긴말",
    postId: edited.postId,
    revision: second.revision,
  });
  const translation = await create(author, {
    ...fields,
    lang: "en",
    translationOf: edited.postId,
    slug: "an-edited-post",
    title: "An edited post",
  });
  await release(translation);
  const unlisted = await create(author, {
    ...ko,
    ...fields,
    slug: "숨은-글",
    title: "숨은 글",
    settings: { unlisted: true },
  });
  await release(unlisted);
  const page = await create(author, {
    ...ko,
    ...fields,
    slug: "소개",
    title: "소개",
    settings: { kind: "page", cover: { src: "https://haru.example/표지.png", alt: "표지" } },
  });
  await release(page);
  await create(author, { ...ko, ...fields, slug: "초안", title: "초안", markdown: "아직 초안" });
  const words = {
    title: "나날",
    description: "하루씩",
    navigation: [{ label: "소개", href: "/ko/posts/about" }],
  };
  await updateSite(author, {
    words: { ko: words, en: words },
    socialLinks: [],
    defaultLocale: "en",
    revision: 0,
  });
}

function apiOf(core: ActorCore) {
  return {
    site: {
      read: () => readSite(core, {}),
      update: (input: Parameters<typeof updateSite>[1]) => updateSite(core, input),
    },
    transfer: {
      exportPosts: (input: Parameters<typeof exportPosts>[1]) => exportPosts(core, input),
      importPost: (input: Parameters<typeof importPost>[1]) => importPost(core, input),
    },
  };
}

/** When a list last changed, which sitemaps tell of it, is each site's own history. */
function untimed(name: string, page: string | undefined): string | undefined {
  const isOfLists = name === "sitemap.xml" || /^sitemap\/\w+\.xml$/.test(name);
  return isOfLists ? page?.replaceAll(/<lastmod>[^<]*<\/lastmod>/g, "") : page;
}

test("export, an empty site, import: every page and every feed is the same, byte by byte", async () => {
  const author = await newPerson(old.table, { role: "admin", displayName: "김하루" });
  await fill(author);
  const text = transferMessages.ko;
  const archive = await packSite({
    api: apiOf(author),
    origin: "https://haru.example",
    now: new Date(),
    fetchBytes: async () => undefined,
    onProgress: () => {},
  });

  const { accountId, roles } = author.actor;
  const again = createCore({ table: fresh.table, locale: "ko", actor: { accountId, roles } });
  await open(again, {
    accountId,
    email: "a@haru.example",
    displayName: "김하루",
    locale: "ko",
    roles: ["admin"],
  });
  const dropped = await readDropped([new File([archive], "haru.zip")], (html) => html, text);
  expect(dropped.notes).toEqual([]);
  const plan = planImport(dropped.files, "ko");
  expect([plan.skipped, plan.failed]).toEqual([[], []]);
  const planned = plan.works.flat();
  for (const { post } of planned) slugs.set(post.lang, [...(slugs.get(post.lang) ?? []), post.slug]);
  const run = { api: apiOf(again), isRehearsal: false, onProgress: () => {} };
  const first = await runImport(planned, run);
  expect([first.failed, first.outcomes.imported.length]).toEqual([[], planned.length]);
  await updateSite(again, { ...(dropped.site ?? expect.fail("The archive has no settings.")), revision: 0 });

  const [before, after] = [await site.pagesOf(old, slugs), await site.pagesOf(fresh, slugs)];
  pages = before;
  expect([...after.keys()]).toEqual([...before.keys()]);
  for (const [name, page] of before) expect(untimed(name, after.get(name)), name).toBe(untimed(name, page));
  // The comparison is of use only when there was something to compare.
  expect(before.size).toBeGreaterThan(100);
  expect(before.get("ko post 고친-글")).toMatch(/^200 .*고친 제목/s);
  expect(before.get("ko post 초안")).toMatch(/^404/);
  expect([...after.values()].join()).not.toContain("아직숨긴말");

  const draftOf = async (core: ActorCore) => {
    const { postId = "" } = planned.find(({ post }) => post.slug === "고친-글")?.post ?? {};
    const { slug, markdown } = await readDraft(core, { postId: postId as `pst_${string}` });
    return { slug, markdown };
  };
  expect(await draftOf(again)).toEqual({ slug: "옮길-주소", markdown: "아직숨긴말" });
  const second = await runImport(planned, run);
  expect(second.outcomes.unchanged).toHaveLength(planned.length);
}, 400_000);

/** Of the pages of the old site whose names pass, what is wrong, each beside its page's name. */
async function faultsIn(
  passes: (name: string, page: string) => boolean,
  faultsOf: (text: string, name: string) => readonly string[] | Promise<readonly string[]>,
): Promise<{ readonly looked: number; readonly faults: readonly string[] }> {
  const chosen = [...pages].filter(([name, page]) => passes(name, page));
  const faults = new Set<string>();
  for (const [name, page] of chosen) {
    // What stands before the text are its status and its entity tag.
    const text = page.replace(/^\d+ \S+ /, "");
    for (const fault of await faultsOf(text, name)) faults.add(`${name}: ${fault}`);
  }
  return { looked: chosen.length, faults: [...faults] };
}
const isHtml = (_: string, page: string) => page.includes("<!doctype html>");

test("every page is valid HTML by an independent validator", async () => {
  const { looked, faults } = await faultsIn(isHtml, faultsOfHtml);
  expect(faults).toEqual([]);
  expect(looked).toBeGreaterThan(50);
});

test("every feed in every format is one by an independent reader", async () => {
  const { looked, faults } = await faultsIn(
    (name) => /(?:feed|atom)\.\w+$/.test(name),
    (text, name) => faultsOfFeed(name, text),
  );
  expect(faults).toEqual([]);
  expect(looked).toBeGreaterThan(50);
});

test("every sitemap is valid by its schema, the index names each, and no unlisted post is in one", async () => {
  const { looked, faults } = await faultsIn((name) => /^sitemap\/.*xml$/.test(name), faultsOfSitemap);
  expect(faults).toEqual([]);
  const index = pages.get("sitemap.xml")?.replace(/^\d+ \S+ /, "") ?? "";
  const named = await readSitemapIndex(index);
  expect(named.map((url) => new URL(url).pathname.slice(1)).sort()).toEqual(
    [...pages.keys()].filter((name) => name.startsWith("sitemap/")).sort(),
  );
  expect(looked).toBeGreaterThan(3);
  const all = [...pages].filter(([name]) => name.startsWith("sitemap/")).join();
  expect(all).toContain(encodeURIComponent("고친-글"));
  expect(all).not.toContain(encodeURIComponent("숨은-글"));
});

test("what a page tells search engines is whole: each thing with what it must say, and nothing referred to that is not there", async () => {
  const { looked, faults } = await faultsIn(
    (name, page) => isHtml(name, page) && page.includes("ld+json"),
    faultsOfLinkedData,
  );
  expect(faults).toEqual([]);
  expect(looked).toBeGreaterThan(15);
});

test("what has a picture asks for a large card of it, and what has none asks for no card", () => {
  const isPost = (name: string, page: string) => / post /.test(name) && page.startsWith("200");
  const posts = [...pages].filter(([name, page]) => isPost(name, page));
  for (const [name, page] of posts)
    expect(page.includes('name="twitter:card" content="summary_large_image"'), name).toBe(
      page.includes('property="og:image"'),
    );
  const picture = `property="og:image" content="${origin}/%ED%91%9C%EC%A7%80.png"`;
  expect(posts.filter(([, page]) => page.includes(picture)).map(([name]) => name)).toEqual(["ko post 소개"]);
});

test("robots are led to the sitemap, away from each page that is for one person, and to every other page", async () => {
  const answer = site.reader.robotsTxt();
  const lines = (await answer.text()).split("\n");
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(lines[0]).toBe("User-agent: *");
  expect(lines).toContain(`Sitemap: ${origin}/sitemap.xml`);
  const closed = lines.flatMap((line) => /^Disallow: (.+)/.exec(line)?.[1] ?? []);
  const isClosed = (address: string) => closed.some((beginning) => address.startsWith(beginning));
  const app = path.resolve(import.meta.dirname, "../packages/web/app/[lang]/(app)");
  const personal = readdirSync(app, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(personal.length).toBeGreaterThan(5);
  for (const { name } of personal)
    for (const lang of ["ko", "en"]) expect(isClosed(`/${lang}/${name}`), name).toBe(true);
  const addresses = [...pages.values()].flatMap((page) =>
    [...page.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = ""]) => new URL(url).pathname),
  );
  expect(addresses.length).toBeGreaterThan(20);
  // Posts that are called like pages for one person.
  const namesakes = ["write-every-day", "people", "confirmation-bias"].map((slug) => `/en/posts/${slug}`);
  expect([...addresses, ...namesakes].filter(isClosed)).toEqual([]);
});

test("a post says where else it is, and what it is to whoever embeds it, in JSON and in XML", async () => {
  const { oembedAnswer } = site.reader;
  const post = `${origin}/ko/posts/${encodeURIComponent("고친-글")}`;
  const ask = (query: Record<string, string>) =>
    oembedAnswer(new Request(`${origin}/oembed?${new URLSearchParams(query)}`));
  const page = pages.get("ko post 고친-글") ?? "";
  const [, discovered = ""] = /type="application\/json\+oembed" href="([^"]+)"/.exec(page) ?? [];
  expect(page).toContain(`type="text/markdown" href="${new URL(post).pathname}.md"`);
  const told = await oembedAnswer(new Request(new URL(discovered.replaceAll("&amp;", "&"), origin)));
  expect(await told.json()).toMatchObject({ version: "1.0", type: "link", title: "고친 제목", url: post });
  expect(await (await ask({ url: post, format: "xml" })).text()).toMatch(
    /<oembed>[\s\S]*<title>고친 제목<\/title>/,
  );
  for (const [query, status] of [
    [{ url: post, format: "yaml" }, 501],
    [{ url: "고친-글" }, 400],
    [{ url: post, maxwidth: "wide" }, 400],
    [{ url: post.replace("haru.example", "evil.example") }, 404],
    [{ url: `${origin}/ko/posts/${encodeURIComponent("초안")}` }, 404],
    [{ url: `${origin}/ko` }, 404],
  ] as const)
    expect((await ask(query)).status, JSON.stringify(query)).toBe(status);
});

test("a page names itself and its translations, and a post without one offers the original at its address", async () => {
  const linksOf = (page: string) =>
    [...page.matchAll(/<link rel="(canonical|alternate)"(?: hrefLang="(\w+)")? href="([^"]+)"/gi)].map(
      ([, rel, lang, href]) => ({ rel, lang, href }),
    );
  const posts = [...pages].filter(([name, page]) => / post /.test(name) && page.startsWith("200"));
  const byAddress = new Map(
    posts.map(([, page]) => [linksOf(page).find(({ rel }) => rel === "canonical")?.href, page]),
  );
  expect(byAddress.size).toBe(posts.length);
  for (const [address, page] of byAddress) {
    const translations = linksOf(page).filter(({ lang }) => lang !== undefined);
    expect(translations.map(({ href }) => href)).toContain(address);
    for (const { href } of translations)
      expect(linksOf(byAddress.get(href) ?? "").filter(({ lang }) => lang !== undefined)).toEqual(
        expect.arrayContaining(translations),
      );
  }

  const { postPage } = site.reader;
  const alone = await postPage("en", "소개");
  const offer = await alone.text();
  expect([alone.status, await faultsOfHtml(offer)]).toEqual([404, []]);
  expect(offer).toContain(`href="/ko/posts/${encodeURIComponent("소개")}"`);
  const elsewhere = await postPage("en", "고친-글");
  expect([elsewhere.status, elsewhere.headers.get("location")]).toEqual([308, "/en/posts/an-edited-post"]);
  expect(await (await postPage("en", "초안")).text()).not.toContain(encodeURIComponent("초안"));
});
