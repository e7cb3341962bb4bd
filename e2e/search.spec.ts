import { expect, expectAccessible, type Page, pressUntil, test } from "./fixtures.ts";

/** What people read, and what they look for among the sample posts. */
const words = {
  ko: {
    open: "검색",
    label: "찾을 말",
    submit: "찾기",
    title: "조사가 붙은 말을 찾는 법",
    half: "조사가 붙으",
    word: "형태소",
    misspelt: "형테소",
    corrected: "‘형태소’(으)로 찾았습니다.",
    otherLayout: "gudxoth",
    nothing: "존재하지않는낱말뭉치",
    none: "‘존재하지않는낱말뭉치’에 맞는 글이 없습니다",
    recent: "최근에 찾은 말",
    refine: "좁혀 보기",
    common: "하루",
  },
  en: {
    open: "Search",
    label: "Words to look for",
    submit: "Search",
    title: "Finding words that never stand alone",
    half: "words that nev",
    word: "dictionary",
    misspelt: "dictionery",
    corrected: "Showing results for “dictionary”.",
    otherLayout: "얓샤ㅐㅜㅁ교",
    nothing: "xylophonequartzwaltz",
    none: "Nothing fits “xylophonequartzwaltz”",
    recent: "Recent searches",
    refine: "Narrow down",
    common: "writing",
  },
} as const;

/** Posts reach the index a moment after they are written. */
async function untilIndexed(page: Page, locale: "ko" | "en"): Promise<void> {
  await expect
    .poll(async () => {
      const query = new URLSearchParams({ q: words[locale].word, lang: locale });
      const answer = await page.request.get(`/api/search?${query}`);
      return ((await answer.json()) as { items?: unknown[] }).items?.length ?? 0;
    })
    .toBeGreaterThan(0);
}

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`a reader finds a post from any page with keys alone (${locale})`, async ({ page }) => {
    await untilIndexed(page, locale);
    await page.goto(`/${locale}`);
    const palette = page.getByRole("dialog", { name: text.open });
    await pressUntil(page, "/", palette);
    const field = palette.getByRole("combobox", { name: text.label });
    await expect(field).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(palette).toBeHidden();
    await page.keyboard.press("ControlOrMeta+k");
    await expect(field).toBeFocused();

    await page.keyboard.type(text.half);
    const option = palette.getByRole("option", { name: text.title });
    await expect(option).toBeVisible();
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/pages/palette-${locale}.png` });

    // An Enter that ends a syllable belongs to the input method.
    await field.dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await page.keyboard.press("ArrowDown");
    await expect(option).toHaveAttribute("aria-selected", "true");
    await expect(field).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: text.title })).toBeVisible();

    // What was looked for is remembered on this device.
    await pressUntil(page, "/", palette);
    await expect(palette.getByText(text.recent)).toBeVisible();
    await expect(palette.getByRole("option", { name: text.half })).toBeVisible();
  });

  for (const [width, colorScheme] of [
    [390, "dark"],
    [1280, "light"],
  ] as const) {
    test(`the results page marks, narrows, corrects and helps (${locale}, ${width}, ${colorScheme})`, async ({
      page,
    }) => {
      await untilIndexed(page, locale);
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const look = async (name: string) => {
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        await expectAccessible(page);
        await page.screenshot({
          path: `test-results/pages/search-${name}-${locale}-${width}.png`,
          fullPage: true,
        });
      };
      await page.goto(`/${locale}/search`);
      await look("start");

      const field = page.getByRole("searchbox", { name: text.label });
      await field.fill(text.word);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/${locale}/search?q=*`);
      await expect(page.getByRole("heading", { level: 2, name: text.title })).toBeVisible();
      await expect(page.locator("main mark").first()).toHaveText(new RegExp(text.word));
      await expect(page.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);

      await page.goto(`/${locale}/search?q=${encodeURIComponent(text.common)}&lang=all`);
      const facets = page.getByRole("navigation", { name: text.refine });
      const choice = facets.getByRole("link").filter({ hasText: /\d$/ }).last();
      await choice.click();
      await expect(facets.locator('[aria-current="true"]').last()).toBeVisible();
      await look("facets");

      for (const query of [text.misspelt, text.otherLayout]) {
        await page.goto(`/${locale}/search?q=${encodeURIComponent(query)}`);
        await expect(page.getByText(text.corrected)).toBeVisible();
        await expect(page.getByRole("heading", { level: 2, name: text.title })).toBeVisible();
      }
      await page.goto(`/${locale}/search?q=${text.nothing}`);
      await expect(page.getByText(text.none)).toBeVisible();
      await look("empty");
    });
  }
}

test("whatever is typed, the page answers, and nothing of it becomes markup", async ({ page }) => {
  const hostile = ['<img src=x onerror="alert(1)">', '"', "-", "tag:", "(a OR b)~2 /.*/", "가".repeat(201)];
  for (const query of hostile) {
    const response = await page.goto(`/ko/search?q=${encodeURIComponent(query)}`);
    expect(response?.status(), query).toBeLessThan(500);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("main img")).toHaveCount(0);
  }
  const long = await page.request.get(`/api/search?q=${"a".repeat(2_000)}`);
  expect(long.status()).toBe(400);
});
