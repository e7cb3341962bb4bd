import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Contract } from "@haru/core/contract";
import { type Core, createCore } from "@haru/core/core";
import { AppError, errorStatus } from "@haru/core/errors";
import { addresses } from "@haru/core/list/addresses";
import { all, around, feed, posts, series } from "@haru/core/list/list";
import { listContract } from "@haru/core/list/list.contract";
import { locales } from "@haru/core/locale";
import { read, source } from "@haru/core/post/post";
import { postContract } from "@haru/core/post/post.contract";
import { read as readSite } from "@haru/core/site/site";
import { siteContract } from "@haru/core/site/site.contract";
import type { TestTable } from "../packages/core/test/table.ts";

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

/** Where the site is, as its pages say. */
export const origin = "https://haru.example";

export interface ReaderSite {
  /** The site's own code, over the table whose pages were made last. */
  readonly reader: Reader;
  /** @param slugs of every post of a language, whether readers see it or not */
  pagesOf(
    table: TestTable,
    slugs: ReadonlyMap<string, readonly string[]>,
  ): Promise<ReadonlyMap<string, string>>;
  stop(): void;
}

/**
 * The readers' site without Next.js's cache and without a network between its parts: the pages' own code
 * calls an API that answers with the verbs from a table.
 */
export async function startReaderSite(): Promise<ReaderSite> {
  let shown: TestTable | undefined;
  const api = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    try {
      if (!shown) throw new AppError("unavailable");
      response.end(JSON.stringify(await answer(url, shown)));
    } catch (error) {
      const code = error instanceof AppError ? error.code : "internal";
      response.statusCode = errorStatus[code];
      response.end(JSON.stringify({ error: { code, message: code, requestId: "test" } }));
    }
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  const links = { App: { name: "haru", stage: "test" }, Router: { url: origin } };
  const { port } = api.address() as AddressInfo;
  for (const [name, value] of Object.entries({ ...links, Api: { url: `http://127.0.0.1:${port}` } }))
    process.env[`SST_RESOURCE_${name}`] = JSON.stringify(value);
  const reader = await readerOf();
  return {
    reader,
    async pagesOf(table, slugs) {
      shown = table;
      return makePages(reader, table, slugs);
    },
    stop() {
      api.closeAllConnections();
      api.close();
    },
  };
}

/** Finds the verb of a request as the gateway would: a literal path before one with parameters. */
async function answer(url: URL, table: TestTable): Promise<unknown> {
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
  const core: Core = createCore({ table: table.table, locale: "ko" });
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
  robotsTxt(): Response;
  oembedAnswer(request: Request): Promise<Response>;
  sitemap(file: string): Promise<Response | undefined>;
  sitemapIndex(): Promise<Response>;
  postSource(lang: string, slug: string): Promise<Response>;
}

async function readerOf(): Promise<Reader> {
  const folder = path.resolve(import.meta.dirname, "../packages/web/reader");
  const modules = await Promise.all(
    ["pages.tsx", "feed/feed-page.ts", "plain-files.ts", "sitemap.ts", "oembed.ts"].map(
      (file) => import(path.join(folder, file)),
    ),
  );
  return Object.assign({}, ...modules);
}

/** Every page and feed that readers can reach, by a name, with its status and its entity tag before its text. */
async function makePages(
  reader: Reader,
  table: TestTable,
  slugs: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, string>> {
  const core = createCore({ table: table.table, locale: "ko" });
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
  note("sitemap.xml", () => reader.sitemapIndex());
  const sitemapOf = (file: string) =>
    note(`sitemap/${file}`, async () => (await reader.sitemap(file)) ?? Response.error());
  for (const lang of locales) {
    feedsOf(lang);
    sitemapOf(`${lang}.xml`);
    note(`${lang} home`, () => reader.homePage(lang));
    note(`${lang} tags`, () => reader.tagIndexPage(lang));
    note(`${lang} archive`, () => reader.archivePage(lang));
    note(`${lang} series`, () => reader.seriesIndexPage(lang));
    for (const kind of ["tag", "author", "month", "series"] as const) {
      const folder = { tag: "tags", author: "authors", month: "archive", series: "series" }[kind];
      for (const { name } of (await all(core, { lang, kind, limit: 500 })).items) {
        note(`${lang} ${kind} ${name}`, () => reader.listPage(lang, [folder, name]));
        if (kind === "month") sitemapOf(`${lang}-${name}.xml`);
        else feedsOf(lang, folder, name);
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
