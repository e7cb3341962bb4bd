import { expect, expectAccessible, test, watchForErrors } from "./fixtures.ts";

/** Every kind of page that a visitor sees without signing in. */
const pages = [
  { name: "home", path: "" },
  { name: "post", path: "first-post" },
  { name: "tags", path: "/tags" },
  { name: "tag", path: "first-tag" },
  { name: "archive", path: "/archive" },
  { name: "sign-up", path: "/sign-up" },
  { name: "sign-in", path: "/sign-in" },
  { name: "confirm", path: "/confirm" },
  { name: "not-found", path: "/posts/no-such-post", status: 404 },
] as const;

/** Between them the two say all that depends on the width, and all that depends on the colours. */
const looks = [
  { name: "wide-light", width: 1280, colorScheme: "light" },
  { name: "narrow-dark", width: 390, colorScheme: "dark" },
] as const;

for (const locale of ["ko", "en"] as const) {
  for (const { name, path, ...rest } of pages) {
    test(`${name} is readable in light and dark, fits every screen and breaks no rule of accessibility (${locale})`, async ({
      page,
      request,
    }) => {
      let address = `/${locale}${path}`;
      if (path === "first-post") {
        const list = await request.get(`/api/posts?lang=${locale}&limit=1`);
        const { items } = (await list.json()) as { items: { slug: string }[] };
        address = `/${locale}/posts/${encodeURIComponent(items[0]?.slug ?? "")}`;
      }
      if (path === "first-tag") {
        const list = await request.get(`/api/lists/${locale}/tag?limit=1`);
        const { items } = (await list.json()) as { items: { name: string }[] };
        address = `/${locale}/tags/${encodeURIComponent(items[0]?.name ?? "")}`;
      }
      await page.emulateMedia({ reducedMotion: "reduce" });
      const response = await page.goto(address);
      expect(response?.status()).toBe("status" in rest ? rest.status : 200);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      for (const { name: look, width, colorScheme } of looks) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        await expectAccessible(page);
        const file = `pages/${name}-${locale}-${look}.png`;
        await page.screenshot({ path: `test-results/${file}`, fullPage: true });
      }
    });
  }
}

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
