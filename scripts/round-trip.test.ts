import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { open } from "@haru/core/account/account";
import type { Contract } from "@haru/core/contract";
import { type ActorCore, type Core, createCore } from "@haru/core/core";
import { AppError, errorStatus } from "@haru/core/errors";
import { addresses } from "@haru/core/list/addresses";
import { all, around, feed, posts, series } from "@haru/core/list/list";
import { listContract } from "@haru/core/list/list.contract";
import { locales } from "@haru/core/locale";
import { create, readDraft, update } from "@haru/core/post/draft";
import { read, source } from "@haru/core/post/post";
import { type Draft, postContract } from "@haru/core/post/post.contract";
import { publish } from "@haru/core/post/publish";
import { read as readSite, update as updateSite } from "@haru/core/site/site";
import { siteContract } from "@haru/core/site/site.contract";
import { exportPosts } from "@haru/core/transfer/export";
import { importPost } from "@haru/core/transfer/import";
import { planImport } from "@haru/core/transfer/plan";
import { HtmlValidate } from "html-validate/node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newPerson } from "../packages/core/test/people.ts";
import { startTable, type TestTable } from "../packages/core/test/table.ts";
import { transferMessages } from "../packages/web/features/transfer/messages.ts";
import { packSite } from "../packages/web/features/transfer/pack-site.ts";
import { readDropped } from "../packages/web/features/transfer/read-dropped.ts";
import { runImport } from "../packages/web/features/transfer/run-import.ts";
import { importFiles } from "./import-files.ts";

/*
 * A site is exported, imported into an empty one, and every page and feed that readers can reach is
 * made from both with the pages' own code and compared byte by byte. The table, the verbs, the archive
 * and the pages are the real ones; only Next.js's cache and the network between them are left out.
 */
vi.mock("../packages/web/reader/assets.ts", () => ({ assetUrl: (name: string) => `/assets/${name}` }));

/** What readers' pages ask the API for. */
const verbs = {
  [pathOf(postContract, "read")]: read,
  [pathOf(postContract, "source")]: source,
  [pathOf(listContract, "posts")]: posts,
  [pathOf(listContract, "feed")]: feed,
  [pathOf(listContract, "all")]: all,
  [pathOf(listContract, "around")]: around,
  [pathOf(listContract, "series")]: series,
  [pathOf(listContract, "addresses")]: addresses,
  [pathOf(siteContract, "read")]: readSite,
} as Readonly<Record<string, (core: Core, input: never) => Promise<unknown>>>;

function pathOf<C extends Contract>(contract: C, verb: keyof C): string {
  return contract[verb]?.path ?? "";
}

let old: TestTable;
let fresh: TestTable;
/** The table that the API answers from. */
let shown: TestTable;
let api: Server;

beforeAll(async () => {
  old = await startTable();
  fresh = await startTable();
  api = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    try {
      response.end(JSON.stringify(await answer(url)));
    } catch (error) {
      const code = error instanceof AppError ? error.code : "internal";
      response.statusCode = errorStatus[code];
      response.end(JSON.stringify({ error: { code, message: code, requestId: "test" } }));
    }
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  const links = { App: { name: "haru", stage: "test" }, Router: { url: "https://haru.example" } };
  const { port } = api.address() as AddressInfo;
  for (const [name, value] of Object.entries({ ...links, Api: { url: `http://127.0.0.1:${port}` } }))
    process.env[`SST_RESOURCE_${name}`] = JSON.stringify(value);
});
afterAll(async () => {
  api.closeAllConnections();
  api.close();
  await Promise.all([old.stop(), fresh.stop()]);
});

/** Finds the verb of a request as the gateway would: a literal path before one with parameters. */
async function answer(url: URL): Promise<unknown> {
  const segments = url.pathname.slice(1).split("/").map(decodeURIComponent);
  const matches = Object.entries(verbs)
    .map(([template, verb]) => ({ parts: template.slice(1).split("/"), verb }))
    .filter(({ parts }) => parts.length === segments.length)
    .filter(({ parts }) => parts.every((part, at) => part.startsWith("{") || part === segments[at]))
    .sort((a, b) => a.parts.join().split("{").length - b.parts.join().split("{").length);
  const [match] = matches;
  if (!match) throw new AppError("not_found");
  const named = match.parts.flatMap((part, at) =>
    part.startsWith("{") ? [[part.slice(1, -1), segments[at]]] : [],
  );
  const input = { ...Object.fromEntries(url.searchParams), ...Object.fromEntries(named) };
  const core: Core = createCore({ table: shown.table, locale: "ko" });
  return match.verb(core, input as never);
}

/** The pages' modules are part of the site's own program, with its JSX and Next.js's types. */
interface Reader {
  homePage(lang: string): Promise<Response>;
  postPage(lang: string, slug: string): Promise<Response>;
  listPage(lang: string, segments: readonly string[]): Promise<Response>;
  tagIndexPage(lang: string): Promise<Response>;
  archivePage(lang: string): Promise<Response>;
  seriesIndexPage(lang: string): Promise<Response>;
  feedAnswer(segments: readonly string[]): Promise<Response>;
  llmsTxt(): Promise<Response>;
  postSource(lang: string, slug: string): Promise<Response>;
}

async function readerOf(): Promise<Reader> {
  const folder = path.resolve(import.meta.dirname, "../packages/web/reader");
  const modules = await Promise.all(
    ["pages.tsx", "feed/feed-page.ts", "plain-files.ts"].map((file) => import(path.join(folder, file))),
  );
  return Object.assign({}, ...modules);
}

async function pagesOf(table: TestTable): Promise<Map<string, string>> {
  shown = table;
  const core = createCore({ table: table.table, locale: "ko" });
  const reader = await readerOf();
  const pages = new Map<string, string>();
  const make: (() => Promise<void>)[] = [];
  const note = (name: string, answered: () => Promise<Response>) =>
    make.push(async () => {
      const page = await answered();
      pages.set(name, `${page.status} ${page.headers.get("etag")} ${await page.text()}`);
    });
  const feedsOf = (...scope: string[]) => {
    for (const file of ["feed.xml", "atom.xml", "feed.json"])
      note([...scope, file].join("/"), () => reader.feedAnswer([...scope, file]));
  };
  feedsOf();
  note("llms.txt", () => reader.llmsTxt());
  for (const lang of locales) {
    feedsOf(lang);
    note(`${lang} home`, () => reader.homePage(lang));
    note(`${lang} tags`, () => reader.tagIndexPage(lang));
    note(`${lang} archive`, () => reader.archivePage(lang));
    note(`${lang} series`, () => reader.seriesIndexPage(lang));
    for (const kind of ["tag", "author", "month", "series"] as const) {
      const folder = { tag: "tags", author: "authors", month: "archive", series: "series" }[kind];
      for (const { name } of (await all(core, { lang, kind, limit: 500 })).items) {
        note(`${lang} ${kind} ${name}`, () => reader.listPage(lang, [folder, name]));
        if (kind !== "month") feedsOf(lang, folder, name);
      }
    }
    for (const slug of slugs.get(lang) ?? []) {
      note(`${lang} post ${slug}`, () => reader.postPage(lang, slug));
      note(`${lang} source ${slug}`, () => reader.postSource(lang, slug));
    }
  }
  const rest = make.values();
  const lane = async () => {
    for (const one of rest) await one();
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return new Map([...pages].sort());
}

/** What readers get of the old site, by its name. */
let pages: Map<string, string>;
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

  const [before, after] = [await pagesOf(old), await pagesOf(fresh)];
  pages = before;
  expect([...after.keys()]).toEqual([...before.keys()]);
  for (const [name, page] of before) expect(after.get(name), name).toBe(page);
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

test("every page is valid HTML by an independent validator", async () => {
  const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });
  const htmlPages = [...pages].filter(([, page]) => page.includes("<!doctype html>"));
  expect(htmlPages.length).toBeGreaterThan(50);
  const faults = new Set<string>();
  for (const [name, page] of htmlPages) {
    const { results } = await validator.validateString(page.slice(page.indexOf("<!doctype")));
    for (const { ruleId, message, selector } of results.flatMap(({ messages }) => messages))
      faults.add(`${name}: ${ruleId} ${message} (${selector})`);
  }
  expect([...faults]).toEqual([]);
});
