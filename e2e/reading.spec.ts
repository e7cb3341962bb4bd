import type { Page as BrowserPage } from "@playwright/test";
import { expect, expectAccessible, layoutShift, pressUntil, test } from "./fixtures.ts";

const words = {
  ko: {
    keys: "키보드로 읽기",
    single: "한 글자 단축키 쓰기",
    close: "닫기",
    enlarge: /크게 보기/,
    copyLink: "링크 복사",
    copied: "복사됨",
  },
  en: {
    keys: "Reading by keyboard",
    single: "Use single keys",
    close: "Close",
    enlarge: /enlarge/,
    copyLink: "Copy link",
    copied: "Copied",
  },
} as const;

interface Listed {
  readonly slug: string;
}

/** The address of the newest sample post whose text passes. */
async function addressOfPost(page: BrowserPage, lang: string, passes: (html: string) => boolean) {
  const list = await page.request.get(`/api/posts?lang=${lang}&limit=20`);
  const { items } = (await list.json()) as { items: Listed[] };
  for (const { slug } of items) {
    const post = await page.request.get(`/api/posts/by-slug/${lang}/${encodeURIComponent(slug)}`);
    const { html } = (await post.json()) as { html: string };
    if (passes(html)) return `/${lang}/posts/${encodeURIComponent(slug)}`;
  }
  throw new Error("No sample post is of that kind.");
}

/** Other journeys publish pictures that lead nowhere. */
const hasPicture = (html: string) => html.includes('<img src="/sample/');

for (const lang of ["ko", "en"] as const) {
  const text = words[lang];

  test(`a reader finds the keys, turns them off, and goes from post to post by them (${lang})`, async ({
    page,
  }) => {
    await page.goto(await addressOfPost(page, lang, () => true));
    const older = await page.locator(".beside-older").getAttribute("href");
    const sheet = page.getByRole("dialog", { name: text.keys });
    await pressUntil(page, "?", sheet);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/pages/keys-${lang}.png` });
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await page.keyboard.press("p");
    await page.waitForURL(`**${older}`);

    await page.getByRole("contentinfo").getByRole("button").click();
    await page.getByRole("checkbox", { name: text.single }).uncheck();
    await page.getByRole("button", { name: text.close }).click();
    await page.keyboard.press("?");
    await page.keyboard.press("h");
    await expect(sheet).toBeHidden();
    expect(page.url()).toContain(older);
  });

  test(`a picture opens in full and closes by keyboard, and the link of a post is copied (${lang})`, async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const address = await addressOfPost(page, lang, hasPicture);
    await page.goto(address);
    const picture = page.getByRole("button", { name: text.enlarge }).first();
    await picture.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("img")).toBeVisible();
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/pages/picture-${lang}.png` });
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(picture).toBeFocused();

    await page.getByRole("button", { name: text.copyLink }).click();
    await expect(page.getByRole("button", { name: text.copied, exact: true })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(new URL(address, page.url()).href);
  });
}

test("a post without pictures is light: bytes, requests and what stands before the first paint", async ({
  page,
}) => {
  // Below a post of a line or two its comments are in sight, and loaded, at once.
  const address = "/ko/posts/welcome";
  const sizes: { url: string; bytes: number }[] = [];
  page.on("requestfinished", async (request) => {
    const { responseBodySize } = await request.sizes();
    sizes.push({ url: new URL(request.url()).pathname, bytes: responseBodySize });
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const sum = (wanted: (url: string) => boolean) =>
    sizes.filter(({ url }) => wanted(url)).reduce((total, { bytes }) => total + bytes, 0);
  const isScript = (url: string) => url.endsWith(".js");
  const blocks = (url: string) => url === address || url.endsWith(".css") || url.includes("/first");
  expect(sizes.length).toBeLessThanOrEqual(6);
  expect(sum(() => true)).toBeLessThanOrEqual(45_000);
  expect(sum(isScript)).toBeLessThanOrEqual(25_000);
  expect(sum(blocks)).toBeLessThanOrEqual(20_000);
  expect(await layoutShift(page)).toBe(0);
});
