import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";
import { expect, expectAccessible, expectContrast, pressOn, tabTo, test, typeInto } from "./fixtures.ts";
import { asPerson, enter, resume } from "./people.ts";

const words = {
  ko: {
    reader: "서단비",
    language: "한국어",
    name: "이름",
    description: "소개",
    addLink: "메뉴 더하기",
    link: "메뉴 1",
    href: "주소",
    approval: "먼저 살펴볼 댓글",
    days: "댓글을 받는 날수",
    save: "저장",
    saved: "저장했습니다. 모든 페이지에 곧 보입니다.",
    title: "달라진 하루",
    tagline: "어제와 다른 이름으로.",
    menu: "지난 이야기",
    comments: /^댓글/,
    label: "댓글",
    send: "남기기",
    closed: "이 글의 댓글은 닫혀 있습니다.",
    answer: "댓글을 남겼습니다.",
  },
  en: {
    reader: "Dana Seo",
    language: "English",
    name: "Name",
    description: "Description",
    addLink: "Add to menu",
    link: "Menu 1",
    href: "Address",
    approval: "Comments to look at first",
    days: "Days that a post takes comments",
    save: "Save",
    saved: "Saved. Every page shows it in a moment.",
    title: "Another day",
    tagline: "By another name than yesterday.",
    menu: "What has been",
    comments: /^Comments/,
    label: "Comment",
    send: "Post",
    closed: "Comments on this post are closed.",
    answer: "Your comment has arrived. Everybody sees it once it was looked at.",
  },
} as const;

/** Korean first: nobody's comments wait, and old posts take none. Then everybody's do, and all posts take them. */
const policies = {
  ko: { approval: "Home", days: "1000", isOldClosed: true },
  en: { approval: "End", days: "0", isOldClosed: false },
} as const;

test("an administrator changes the site's name, description, menu and policy of comments by keyboard alone, and readers meet them in both languages", async ({
  browser,
  page,
}) => {
  const [, , { displayName: name, email }] = sampleAccounts;
  await resume(page, { name, email }, samplePassword);
  const reader = await (await browser.newContext()).newPage();
  await enter(reader, "ko", words.ko.reader);

  for (const locale of ["ko", "en"] as const) {
    const text = words[locale];
    const policy = policies[locale];
    const [old, recent] = [`old-${locale}`, `recent-${locale}`];
    for (const [slug, publishedAt] of [
      [old, "2001-02-03T04:05:06.000Z"],
      [recent, new Date().toISOString()],
    ])
      await asPerson(page, "POST", "/author/import", {
        ...{ lang: locale, title: slug, slug, description: "", tags: [], markdown: slug },
        ...{ isDraft: false, publishedAt },
      });

    await page.goto(`/${locale}/write/site`);
    const section = page.getByRole("region", { name: text.language, exact: true });
    const form = page.locator("form").filter({ has: section });
    await typeInto(page, section.getByRole("textbox", { name: text.name, exact: true }), text.title);
    await typeInto(page, section.getByRole("textbox", { name: text.description }), text.tagline);
    await pressOn(page, section.getByRole("button", { name: text.addLink }));
    const link = section.getByRole("group", { name: text.link });
    await typeInto(page, link.getByRole("textbox", { name: text.name }), text.menu);
    await typeInto(page, link.getByRole("textbox", { name: text.href }), `/${locale}/archive`);
    await tabTo(page, form.getByRole("combobox", { name: text.approval }));
    await page.keyboard.press(policy.approval);
    await typeInto(page, form.getByRole("spinbutton", { name: text.days }), policy.days);
    await pressOn(page, form.getByRole("button", { name: text.save, exact: true }));
    await expect(form.getByRole("status").filter({ hasText: text.saved })).toBeVisible();
    await page.emulateMedia({ colorScheme: "light" });
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/pages/site-settings-${locale}-light.png`, fullPage: true });
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expectContrast(page);
    await page.screenshot({ path: `test-results/pages/site-settings-${locale}-dark.png`, fullPage: true });

    // The name stands on every page, the description on the front page and in search results, both in feeds.
    const mark = reader.getByRole("banner").getByRole("link", { name: text.title, exact: true });
    await expect(async () => {
      await reader.goto(`/${locale}`);
      await expect(mark).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await expect(reader).toHaveTitle(text.title);
    await expect(reader.getByRole("main").getByText(text.tagline)).toBeVisible();
    await expect(reader.locator('meta[name="description"]')).toHaveAttribute("content", text.tagline);
    await pressOn(reader, reader.getByRole("banner").getByRole("link", { name: text.menu, exact: true }));
    await reader.waitForURL(`**/${locale}/archive`);
    await expect(mark).toBeVisible();
    await expect
      .poll(async () => (await reader.request.get(`/${locale}/feed.xml`)).text())
      .toMatch(new RegExp(`<title>${text.title}</title>[^]*${text.tagline}`));

    const place = reader.getByRole("region", { name: text.comments });
    const field = place.getByRole("textbox", { name: text.label, exact: true });
    await reader.goto(`/${locale}/posts/${old}`);
    await place.scrollIntoViewIfNeeded();
    await expect(place.getByText(text.closed)).toBeVisible({ visible: policy.isOldClosed });
    await expect(field).toBeVisible({ visible: !policy.isOldClosed });
    await reader.goto(`/${locale}/posts/${recent}`);
    await place.scrollIntoViewIfNeeded();
    await typeInto(reader, field, text.answer);
    await pressOn(reader, place.getByRole("button", { name: text.send, exact: true }));
    await expect(place.getByRole("status")).toHaveText(text.answer);
  }
  await reader.context().close();
});
