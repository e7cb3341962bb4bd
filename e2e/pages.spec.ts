import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { publishedSources } from "@haru/core/post/published-post.entity";
import { connectTable } from "@haru/core/table";
import type { APIRequestContext } from "@playwright/test";
import { Resource } from "sst";
import { test as base, expect, expectAccessible, type Page, watchForErrors } from "./fixtures.ts";
import { asPerson, enter } from "./people.ts";

type Lang = "ko" | "en";

/** Somebody who writes, once for each process of the run, and whom no page of a visitor knows. */
const test = base.extend<object, { author: Page }>({
  author: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: process.env.LOCAL_CLOUD_URL ?? "" });
      const page = await context.newPage();
      await enter(page, "ko", "정나날", "author");
      await use(page);
      await context.close();
    },
    { scope: "worker" },
  ],
});

/** The path of the first list of a kind. */
async function firstList(request: APIRequestContext, lang: Lang, kind: string, folder: string) {
  const list = await request.get(`/api/lists/${lang}/${kind}?limit=1`);
  const { items } = (await list.json()) as { items: { name: string }[] };
  return `/${lang}/${folder}/${encodeURIComponent(items[0]?.name ?? "")}`;
}

/** Publishes what the sample content does not hold. */
async function publish(author: Page, lang: Lang, settings: object) {
  const slug = `kind-${lang}-${Math.random().toString(36).slice(2, 10)}`;
  const { postId } = await asPerson<{ postId: string }>(author, "POST", "/author/posts", {
    ...{ lang, slug, title: slug, description: "하루씩, a day at a time.", tags: [], settings },
    markdown: "## 하나\n\nOne.\n\n## 둘\n\nTwo.",
  });
  await asPerson(author, "POST", `/author/posts/${postId}/publish`, { revision: 1 });
  return { postId, slug, path: `/${lang}/posts/${slug}` };
}

interface Kind {
  readonly name: string;
  /** What follows the language in its address, or what finds or makes such a page and answers its path. */
  readonly path: string | ((author: Page, lang: Lang) => Promise<string>);
  readonly status?: number;
}

/** Every kind of page that a visitor sees without signing in, but for search results, see search.spec.ts. */
const kinds: readonly Kind[] = [
  { name: "home", path: "" },
  {
    name: "post",
    path: async ({ request }, lang) => {
      const list = await request.get(`/api/posts?lang=${lang}&limit=1`);
      const { items } = (await list.json()) as { items: { slug: string }[] };
      return `/${lang}/posts/${encodeURIComponent(items[0]?.slug ?? "")}`;
    },
  },
  { name: "tags", path: "/tags" },
  { name: "tag", path: ({ request }, lang) => firstList(request, lang, "tag", "tags") },
  { name: "archive", path: "/archive" },
  { name: "month", path: ({ request }, lang) => firstList(request, lang, "month", "archive") },
  { name: "author", path: ({ request }, lang) => firstList(request, lang, "author", "authors") },
  {
    name: "series",
    path: async (author, lang) => {
      const series = `series-${Math.random().toString(36).slice(2, 10)}`;
      await publish(author, lang, { series });
      return `/${lang}/series/${series}`;
    },
  },
  { name: "series-index", path: "/series" },
  { name: "page", path: async (author, lang) => (await publish(author, lang, { kind: "page" })).path },
  {
    name: "gone",
    path: async (author, lang) => {
      const { postId, path } = await publish(author, lang, {});
      await asPerson(author, "DELETE", `/author/posts/${postId}`);
      return path;
    },
    status: 410,
  },
  { name: "sign-up", path: "/sign-up" },
  { name: "sign-in", path: "/sign-in" },
  { name: "confirm", path: "/confirm" },
  { name: "not-found", path: "/posts/no-such-post", status: 404 },
];

/** Between them the two say all that depends on the width, and all that depends on the colours. */
const looks = [
  { name: "wide-light", width: 1280, colorScheme: "light" },
  { name: "narrow-dark", width: 390, colorScheme: "dark" },
] as const;

async function expectReadable(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const { name: look, width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/pages/${name}-${look}.png`, fullPage: true });
  }
}

for (const locale of ["ko", "en"] as const) {
  for (const { name, path, status = 200 } of kinds) {
    test(`${name} is readable in light and dark, fits every screen and breaks no rule of accessibility (${locale})`, async ({
      page,
      author,
    }) => {
      const address = typeof path === "string" ? `/${locale}${path}` : await path(author, locale);
      // What was published or deleted a moment ago is on its lists a moment later.
      await expect.poll(async () => (await page.goto(address))?.status()).toBe(status);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expectReadable(page, `${name}-${locale}`);
    });
  }
}

test("a page that cannot be made says so in both languages, leads on, and is not kept", async ({
  browser,
  author,
}) => {
  const { slug, path } = await publish(author, "ko", {});
  const page = await (await browser.newContext()).newPage();
  const errors = await watchForErrors(page);
  // Half of a publication is missing, which no verb of the site ever leaves behind.
  const database = new DynamoDBClient();
  const sources = publishedSources({ table: connectTable(Resource.Table.name, database) });
  const { data: source } = await sources.get({ lang: "ko", slug }).go();
  if (!source) throw new Error("The post has no source.");
  await sources.delete({ lang: "ko", slug }).go();
  expect((await page.goto(`${path}.md`))?.status()).toBe(500);
  for (const lang of ["ko", "en"]) {
    const link = page.locator(`section[lang="${lang}"]`).getByRole("link");
    await expect(link).toHaveAttribute("href", `/${lang}`);
  }
  await expectReadable(page, "failed");
  await sources.put(source).go();
  expect((await page.request.get(`${path}.md`)).status()).toBe(200);
  expect(errors).toEqual([expect.stringContaining("status of 500")]);
  database.destroy();
  await page.context().close();
});

test("the front address leads to the reader's language", async ({ browser, baseURL }) => {
  for (const [locale, expected] of [
    ["en-GB", "/en"],
    ["ko-KR", "/ko"],
    ["fr-FR", "/ko"],
  ] as const) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(`${baseURL}/`);
    expect(new URL(page.url()).pathname).toBe(expected);
    await context.close();
  }
});

test("who is to sign in first goes on with what was searched, shared or begun", async ({ page }) => {
  const next = () => new URL(page.url()).searchParams.get("next");
  await page.goto("/ko/search?q=%ED%95%98%EB%A3%A8");
  await page.getByRole("banner").getByRole("link", { name: "로그인" }).click();
  await expect(page).toHaveURL(/\/ko\/sign-in/);
  expect(next()).toBe("/ko/search?q=%ED%95%98%EB%A3%A8");
  for (const path of ["/ko/todos?title=milk&url=https%3A%2F%2Fharu.example%2F", "/en/write/new?of=pst_1"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in/);
    expect(next()).toBe(path);
  }
});

test("whoever reads in the dark prints dark ink, and whoever has colours of their own sees the focus", async ({
  page,
  baseURL,
}) => {
  await page.context().addCookies([{ name: "theme", value: "dark", url: baseURL ?? "" }]);
  const lightness = () =>
    page.evaluate(() => Number(/[\d.]+/.exec(getComputedStyle(document.body).color)?.[0]));
  await page.goto("/ko");
  expect(await lightness()).toBeGreaterThan(0.7);
  await page.emulateMedia({ media: "print" });
  expect(await lightness()).toBeLessThan(0.4);

  await page.emulateMedia({ media: "screen", forcedColors: "active" });
  await page.goto("/ko/search");
  const field = page.getByRole("searchbox");
  await field.focus();
  expect(await field.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
});

test("a reader page is whole without scripts and asks no other origin", async ({
  browser,
  request,
  baseURL,
}) => {
  const list = await request.get("/api/posts?lang=ko&limit=1");
  const { items } = (await list.json()) as { items: { slug: string; title: string }[] };
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const origins = new Set<string>();
  page.on("request", (sent) => origins.add(new URL(sent.url()).origin));
  await page.goto(`${baseURL}/ko/posts/${encodeURIComponent(items[0]?.slug ?? "")}`);
  await expect(page.getByRole("heading", { level: 1, name: items[0]?.title ?? "" })).toBeVisible();
  expect([...origins]).toEqual([new URL(baseURL ?? "").origin]);
  await context.close();
});

test("no page takes markup or a script from a text, and a journey in which one tries would fail", async ({
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = await watchForErrors(page);
  for (const path of ["/ko", "/ko/sign-in"]) {
    await page.goto(path, { waitUntil: "networkidle" });
    expect(errors).toEqual([]);
    const outcomes = await page.evaluate(() => {
      const attempts = [
        () => Object.assign(document.createElement("p"), { innerHTML: "<b>text</b>" }),
        () => Object.assign(document.createElement("script"), { src: "/elsewhere.js" }),
        () => Object.assign(document.createElement("script"), { text: "document.title = 'taken'" }),
      ];
      return attempts.map((attempt) => {
        try {
          attempt();
          return "taken";
        } catch (error) {
          return (error as Error).name;
        }
      });
    });
    expect(outcomes).toEqual(["TypeError", "TypeError", "TypeError"]);
    await expect.poll(() => errors.filter((each) => each.startsWith("The policy refused")).length).toBe(3);
    (errors as string[]).length = 0;
  }
  await context.close();
});

test("the API describes itself", async ({ request }) => {
  const response = await request.get("/api/openapi.json");
  expect(response.status()).toBe(200);
  expect(await response.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
});
