import type { OwnProfile } from "@haru/core/profile/profile.contract";
import { expect, expectAccessible, type Page, test } from "./fixtures.ts";
import { asPerson, enter } from "./people.ts";

const words = {
  ko: {
    name: "윤하루",
    title: "제목",
    text: "본문",
    saved: "저장됨",
    menu: "글 메뉴",
    schedule: "예약하기…",
    when: "공개할 때",
    confirm: "예약",
    planned: /공개 예정/,
    links: "미리보기 주소…",
    make: "주소 만들기",
    withdraw: "거두기",
    withdrawn: "주소를 거두었습니다. 이제 열리지 않습니다.",
    close: "닫기",
    publish: "공개하기",
    isPublished: "공개됨",
    revisions: "이전 버전…",
    publishedReason: "공개한 글",
    restoreThis: "이 버전으로 되돌리기",
    remove: "글 지우기",
    states: "상태",
    deleted: "지움",
    select: (title: string) => `${title} 선택`,
    restore: "되살리기",
    recovered: "이 기기에 남아 있던 글을 되살렸습니다.",
    search: "내 글에서 찾기",
    heading: "큰 제목",
    keepMine: "여기 쓴 것으로 저장",
    notFound: 404,
  },
  en: {
    name: "Hana Yoon",
    title: "Title",
    text: "Text",
    saved: "Saved",
    menu: "Post menu",
    schedule: "Schedule…",
    when: "Publish at",
    confirm: "Schedule",
    planned: /Scheduled for/,
    links: "Preview links…",
    make: "Make a link",
    withdraw: "Withdraw",
    withdrawn: "Withdrawn. The address no longer opens.",
    close: "Close",
    publish: "Publish",
    isPublished: "Published",
    revisions: "History…",
    publishedReason: "Published",
    restoreThis: "Restore this",
    remove: "Delete post",
    states: "State",
    deleted: "Deleted",
    select: (title: string) => `Select ${title}`,
    restore: "Restore",
    recovered: "Recovered what was left on this device.",
    search: "Search your posts",
    heading: "Heading",
    keepMine: "Save what is here",
    notFound: 404,
  },
} as const;

type Words = (typeof words)[keyof typeof words];

async function write(page: Page, text: Words, sentence: string): Promise<void> {
  await page.getByRole("textbox", { name: text.text, exact: true }).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText(sentence);
}

async function choose(page: Page, text: Words, item: string): Promise<void> {
  await page.getByRole("button", { name: text.menu }).click();
  await page.getByRole("button", { name: item, exact: true }).click();
}

/** Readers see what an author says about themselves, also on a page that was kept. */
async function expectAuthorPage(page: Page, locale: "ko" | "en"): Promise<void> {
  const { accountId, displayName, theme } = await asPerson<OwnProfile>(page, "GET", "/profile");
  const read = async () => (await page.request.get(`/${locale}/authors/${accountId}`)).text();
  expect(await read()).toContain(displayName);
  const bio = `${displayName}: ${Date.now()}`;
  await asPerson(page, "PUT", "/profile", { displayName, bio, locale, theme });
  await expect.poll(read).toContain(bio);
}

const expectSaved = (page: Page, text: Words) =>
  expect(page.getByText(text.saved, { exact: true })).toBeVisible();

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`an author schedules, shares, publishes, goes back, deletes and restores a post (${locale})`, async ({
    browser,
    page,
  }) => {
    await enter(page, locale, text.name, "author");
    const title = `하루 ${Date.now().toString(36)}`;
    await page.goto(`/${locale}/write/new`);
    await page.getByRole("textbox", { name: text.title, exact: true }).fill(title);
    await write(page, text, "First.");
    await expectSaved(page, text);

    // The slash menu and the toolbar do the same things.
    await page.keyboard.press("Enter");
    await page.keyboard.type("/h");
    await page.getByRole("option", { name: text.heading }).first().click();
    await page.keyboard.insertText("Chapter");
    await expect(page.locator(".preview h2", { hasText: "Chapter" })).toBeVisible();
    await expectSaved(page, text);
    await expectAccessible(page);

    await choose(page, text, text.schedule);
    await page.getByLabel(text.when).fill("2099-01-01T09:00");
    await expectAccessible(page);
    await page.getByRole("button", { name: text.confirm, exact: true }).click();
    await expect(page.getByText(text.planned).first()).toBeVisible();

    // Whoever has the address reads the draft, until it is withdrawn.
    await choose(page, text, text.links);
    await page.getByRole("button", { name: text.make }).click();
    const address = await page.locator(".links a").getAttribute("href");
    const visitor = await (await browser.newContext({ locale })).newPage();
    const shared = await visitor.goto(address ?? "");
    expect(shared?.headers()["x-robots-tag"]).toContain("noindex");
    expect(shared?.headers()["cache-control"]).toContain("no-store");
    await expect(visitor.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expectAccessible(visitor);
    await page.getByRole("button", { name: text.withdraw }).click();
    await expect(page.getByText(text.withdrawn)).toBeAttached();
    expect((await visitor.goto(address ?? ""))?.status()).toBe(text.notFound);
    await visitor.context().close();
    await page.getByRole("button", { name: text.close }).first().click();

    // Published, changed, and back to what was published.
    await page.getByRole("button", { name: text.publish, exact: true }).click();
    await expect(page.getByRole("button", { name: text.isPublished, exact: true })).toBeVisible();
    await expectAuthorPage(page, locale);
    await write(page, text, " Not to be kept.");
    await page.keyboard.type(" [[");
    await page.getByRole("option", { name: title }).click();
    await expect(page.locator(".preview .prose").getByRole("link", { name: title })).toBeVisible();
    await expectSaved(page, text);
    await choose(page, text, text.revisions);
    await page
      .getByRole("button", { name: new RegExp(text.publishedReason) })
      .first()
      .click();
    await expect(page.locator(".difference ins")).toContainText("Not to be kept.");
    await expectAccessible(page);
    await page.getByRole("button", { name: text.restoreThis }).click();
    await expect(page.locator(".cm-content")).not.toContainText("Not to be kept.");

    // Deleted posts leave the list and come back from it.
    await choose(page, text, text.remove);
    await page.waitForURL(`**/${locale}/write`);
    await page.getByRole("searchbox", { name: text.search }).fill(title);
    await expect(page.getByRole("link", { name: title })).toHaveCount(0);
    await page.getByRole("combobox", { name: text.states }).selectOption({ label: text.deleted });
    await page.getByRole("checkbox", { name: text.select(title) }).check();
    await expectAccessible(page);
    await page.getByRole("button", { name: text.restore, exact: true }).click();
    await page.getByRole("combobox", { name: text.states }).selectOption({ index: 0 });
    await expect(page.getByRole("link", { name: title })).toBeVisible();
  });
}

test("a tab that dies without a network leaves its text to the next one, and another device is a choice", async ({
  page,
  browser,
}) => {
  const text = words.ko;
  await enter(page, "ko", text.name, "author");
  const context = page.context();
  const writing = await context.newPage();
  await writing.goto("/ko/write/new");
  await writing
    .getByRole("textbox", { name: text.title, exact: true })
    .fill(`잃지 않기 ${Date.now().toString(36)}`);
  await write(writing, text, "저장된 말.");
  await expectSaved(writing, text);
  const address = writing.url();

  await context.setOffline(true);
  await write(writing, text, " 저장되지 못한 말.");
  await expect(writing.locator(".cm-content")).toContainText("저장되지 못한 말.");
  await writing.close({ runBeforeUnload: false });
  await context.setOffline(false);

  await page.goto(address);
  await expect(page.locator(".cm-content")).toContainText("저장되지 못한 말.");
  await expect(page.getByText(text.recovered)).toBeAttached();
  await expectSaved(page, text);

  // A second device with the same session saves first; the first one sees what it did.
  const other = await browser.newContext({ locale: "ko", storageState: await context.storageState() });
  const phone = await other.newPage();
  await phone.goto(address);
  await write(phone, text, " 전화기에서.");
  await expectSaved(phone, text);
  await write(page, text, " 노트북에서.");
  await expect(page.locator(".difference del")).toContainText("전화기에서");
  await expectAccessible(page);
  await page.getByRole("button", { name: text.keepMine }).click();
  await expectSaved(page, text);
  await other.close();
});
