import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";
import { expect, expectAccessible, type Page, test } from "./fixtures.ts";
import { asPerson, resume } from "./people.ts";

const words = {
  ko: {
    title: "태그",
    change: "고치기",
    name: "이름",
    description: "소개",
    save: "저장",
    merges: /합쳐집니다/,
    old: "산책",
    present: "걷기",
    about: "걸으며 본 것을 적습니다.",
    series: "연재",
    arrange: "순서 바꾸기",
    saved: "저장했습니다.",
  },
  en: {
    title: "Tags",
    change: "Change",
    name: "Name",
    description: "Description",
    save: "Save",
    merges: /Becomes one with/,
    old: "Strolls",
    present: "Walks",
    about: "What was seen on foot.",
    series: "Series",
    arrange: "Change the order of",
    saved: "Saved.",
  },
} as const;

/** Publishes a post as whoever is signed in. */
async function publish(
  page: Page,
  lang: string,
  slug: string,
  { tags = [], series = "" }: { tags?: string[]; series?: string },
): Promise<void> {
  const text = { title: slug, slug, description: "", tags, settings: { series }, markdown: slug };
  const { postId } = await asPerson<{ postId: string }>(page, "POST", "/author/posts", { lang, ...text });
  await asPerson(page, "POST", `/author/posts/${postId}/publish`, { revision: 1 });
}

for (const lang of ["ko", "en"] as const) {
  test(`an administrator makes two tags one and says what it is about; the old address leads there (${lang})`, async ({
    page,
    request,
  }) => {
    const text = words[lang];
    const stamp = Date.now().toString(36);
    const [old, present] = [`${text.old} ${stamp}`, `${text.present} ${stamp}`];
    const path = (tag: string) => `/${lang}/tags/${encodeURIComponent(tag.toLowerCase().replace(" ", "-"))}`;
    const [, , { email, displayName: name }] = sampleAccounts;
    await resume(page, { email, name }, samplePassword);
    await publish(page, lang, `one-${stamp}`, { tags: [old] });
    await publish(page, lang, `two-${stamp}`, { tags: [present] });
    // Readers have seen it, so that it is kept.
    expect((await request.get(path(old))).status()).toBe(200);

    await page.goto(`/${lang}/write/tags`);
    await expect(page.getByRole("heading", { level: 1, name: text.title })).toBeVisible();
    const row = page.getByRole("listitem").filter({ hasText: old });
    await row.getByRole("button", { name: text.change }).click();
    await row.getByLabel(text.name).fill(present.toUpperCase());
    await expect(row.getByText(text.merges)).toBeVisible();
    await row.getByLabel(text.description).fill(text.about);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/pages/kept-tags-${lang}.png`, fullPage: true });
    await row.getByRole("button", { name: text.save }).click();
    await expect(row).toHaveCount(0);
    await expect(page.getByRole("listitem").filter({ hasText: present })).toContainText(text.about);

    await expect(async () => {
      await page.goto(path(old));
      expect(page.url()).toContain(path(present));
    }).toPass();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(present);
    await expect(page.getByText(text.about)).toBeVisible();
    await expect(page.getByRole("link", { name: `one-${stamp}` })).toBeVisible();
    const feed = await request.get(`${path(old)}/feed.xml`);
    expect(feed.url()).toContain(`${path(present)}/feed.xml`);
    expect(await feed.text()).toContain(text.about);
  });

  test(`the parts of a series are put in another order by dragging and by keys, and readers get them so (${lang})`, async ({
    page,
  }) => {
    const text = words[lang];
    const series = `${text.series} ${Date.now().toString(36)}`;
    const [, , { email, displayName: name }] = sampleAccounts;
    await resume(page, { email, name }, samplePassword);
    const parts = ["a", "b", "c"].map((letter) => `${letter}-${Date.now().toString(36)}`);
    for (const part of parts) await publish(page, lang, part, { series });
    const [first = "", second = "", third = ""] = parts;

    await page.goto(`/${lang}/write/series`);
    const row = page.getByRole("listitem").filter({ hasText: series });
    await row.getByRole("button", { name: text.arrange }).click();
    const titles = row.locator("ol").getByRole("link");
    await expect(titles).toHaveText([first, second, third]);

    await titles.nth(2).press("Alt+ArrowUp");
    await expect(titles).toHaveText([first, third, second]);
    await expect(titles.nth(1)).toBeFocused();
    await expect(row.getByRole("status")).toContainText(third);
    const grip = (index: number) => row.locator(`[data-index="${index}"] > [aria-hidden]`).first();
    await grip(0).hover();
    await page.mouse.down();
    const below = await grip(2).boundingBox();
    await page.mouse.move(below?.x ?? 0, (below?.y ?? 0) + (below?.height ?? 0), { steps: 5 });
    await expect(row.locator("[data-drop]")).toHaveCount(1);
    await page.mouse.up();
    await expect(titles).toHaveText([third, second, first]);
    await expect(row.getByRole("status")).toContainText(text.saved);
    await expectAccessible(page);

    await expect(async () => {
      await page.goto(`/${lang}/series/${encodeURIComponent(series.toLowerCase().replace(" ", "-"))}`);
      await expect(page.locator(".parts h2")).toHaveText([third, second, first], { timeout: 100 });
    }).toPass();
    await page.getByRole("link", { name: second }).click();
    await expect(page.locator(".beside-newer")).toContainText(first);
  });
}
