import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";
import { expect, layoutShift, pressOn, test } from "./fixtures.ts";
import { asPerson, enter, expectSignedIn, resume } from "./people.ts";

/** A sample post with every kind of thing in it. */
const slug = "writing-guide";

const words = {
  ko: {
    contents: "목차",
    copy: "복사",
    copied: "복사됨",
    note: "각주 1",
    back: "본문으로 돌아가기",
    other: "English",
    name: "김독자",
    original: "Read in English",
    untranslated: "아직 한국어로 옮기지 않은 글입니다",
  },
  en: {
    contents: "Contents",
    copy: "Copy",
    copied: "Copied",
    note: "Footnote 1",
    back: "Back to the text",
    other: "한국어",
    name: "A. Reader",
    original: "한국어로 읽기",
    untranslated: "This post is not in English yet",
  },
} as const;

for (const lang of ["ko", "en"] as const) {
  const text = words[lang];
  const other = lang === "ko" ? "en" : "ko";

  test(`a reader goes by the contents, to a note and back, takes code along, and changes the language, by keyboard alone (${lang})`, async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`/${lang}/posts/${slug}`);
    const contents = page.getByRole("navigation", { name: text.contents }).getByRole("link");
    const wanted = contents.nth(2);
    await pressOn(page, wanted);
    await expect(wanted).toHaveAttribute("aria-current", "true");
    const heading = page.getByRole("heading", { name: (await wanted.textContent()) ?? "", exact: true });
    await expect(heading).toBeInViewport();
    // The mark follows whoever reads on.
    await page.getByRole("heading", { level: 2 }).nth(4).scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollBy(0, innerHeight));
    await expect(wanted).not.toHaveAttribute("aria-current");

    await pressOn(page, page.getByRole("link", { name: text.note }).first());
    const back = page.getByRole("link", { name: text.back }).first();
    await expect(back).toBeInViewport();
    await pressOn(page, back);
    await expect(page.getByRole("link", { name: text.note }).first()).toBeInViewport();

    const code = page.locator("figure.code").first();
    await expect(page.locator(".code-line-marked").first()).toBeAttached();
    await pressOn(page, code.getByRole("button", { name: text.copy }));
    await expect(code.getByRole("button", { name: text.copied, exact: true })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await code.locator("pre").textContent());

    await pressOn(page, page.getByRole("banner").getByRole("link", { name: text.other, exact: true }));
    await page.waitForURL(`**/${other}/posts/${slug}`);
    await expect(page.locator("html")).toHaveAttribute("lang", other);
  });

  test(`on a telephone nothing of a post is wider than the screen, and on paper it is only itself (${lang})`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`/${lang}/posts/${slug}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    const table = page.locator(".table-scroll").first();
    expect(await table.evaluate((box) => getComputedStyle(box).overflowX)).toBe("auto");
    const breaking = await page
      .locator(".prose p")
      .first()
      .evaluate((one) => getComputedStyle(one).wordBreak);
    expect(breaking).toBe(lang === "ko" ? "keep-all" : "normal");

    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator(".prose")).toBeVisible();
    for (const part of ["banner", "contentinfo", "navigation"] as const)
      await expect(page.getByRole(part)).toHaveCount(0);
    for (const tool of [".copy-button", ".share"]) await expect(page.locator(tool).first()).toBeHidden();
    await expect(page.locator("#comments")).toBeHidden();
  });

  test(`a page is the same for everybody, and what is personal comes after it and moves nothing (${lang})`, async ({
    page,
    request,
  }) => {
    await enter(page, lang, text.name);
    for (const path of [`/${lang}`, `/${lang}/posts/welcome`]) {
      const [forEverybody, forPerson] = [await request.get(path), await page.context().request.get(path)];
      expect(await forPerson.text()).toBe(await forEverybody.text());
      expect(forPerson.headers()["set-cookie"]).toBeUndefined();
      await page.goto(path);
      await expectSignedIn(page, lang);
      expect(await layoutShift(page), path).toBe(0);
    }
  });

  test(`a post that has no translation says so where that would be and offers itself; one that moved or was deleted is known by its address (${lang})`, async ({
    page,
    request,
  }) => {
    const { displayName: name, email } = sampleAccounts[0];
    await resume(page, { name, email }, samplePassword);
    const stamp = Date.now().toString(36);
    const fields = { title: `홀로 ${stamp}`, description: "", tags: [], settings: {}, markdown: "홀로" };
    const old = `홀로-${stamp}`;
    const { postId, revision } = await asPerson<{ postId: string; revision: number }>(
      page,
      "POST",
      "/author/posts",
      { lang: other, ...fields, slug: old },
    );
    await asPerson(page, "POST", `/author/posts/${postId}/publish`, { revision });
    const address = (locale: string, at: string) => `/${locale}/posts/${encodeURIComponent(at)}`;

    const missing = await page.goto(address(lang, old));
    expect(missing?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: text.untranslated })).toBeVisible();
    await pressOn(page, page.getByRole("link", { name: text.original }));
    await expect(page.getByRole("heading", { level: 1, name: fields.title })).toBeVisible();

    const moved = await asPerson<{ revision: number }>(page, "PUT", `/author/posts/${postId}`, {
      ...fields,
      revision,
      slug: `${old}-새`,
    });
    await asPerson(page, "POST", `/author/posts/${postId}/publish`, { revision: moved.revision });
    await expect
      .poll(async () => {
        const answer = await request.get(address(other, old), { maxRedirects: 0 });
        return [answer.status(), answer.headers().location];
      })
      .toEqual([308, address(other, `${old}-새`)]);

    await asPerson(page, "DELETE", `/author/posts/${postId}`);
    for (const at of [old, `${old}-새`])
      await expect.poll(async () => (await request.get(address(other, at))).status()).toBe(410);
  });
}
