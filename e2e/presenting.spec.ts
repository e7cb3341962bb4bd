import {
  expect,
  expectAccessible,
  expectContrast,
  type Page,
  pressOn,
  test,
  tick,
  typeInto,
} from "./fixtures.ts";
import { asPerson, enter } from "./people.ts";

const words = {
  ko: {
    name: "오표지",
    excerpt: "설명",
    menu: "글 메뉴",
    open: "글 설정…",
    sheet: "글 설정",
    pinned: "첫 화면 맨 위에 두기",
    cover: "또는 그림 주소",
    alt: "표지 그림 설명",
    searchTitle: "검색에 보일 제목",
    searchDescription: "검색에 보일 설명",
    result: "검색 결과에서",
    card: "공유했을 때",
    saved: "저장됨",
    publish: "공개하기",
    isPublished: "공개됨",
    pinnedPosts: "고정한 글",
    lead: "목록에서 읽히는 한 문장.",
    shown: "표지에는 뒷산이 있다.",
    forSearch: "찾는 사람이 읽는 한 문장.",
  },
  en: {
    name: "Coverly Oh",
    excerpt: "Description",
    menu: "Post menu",
    open: "Post settings…",
    sheet: "Post settings",
    pinned: "Pin to the front page",
    cover: "Or the address of a picture",
    alt: "What the cover shows",
    searchTitle: "Title for search engines",
    searchDescription: "Description for search engines",
    result: "As a search result",
    card: "When it is shared",
    saved: "Saved",
    publish: "Publish",
    isPublished: "Published",
    pinnedPosts: "Pinned",
    lead: "One sentence for the lists.",
    shown: "The hill behind the house.",
    forSearch: "One sentence for whoever searches.",
  },
} as const;

const cover = "https://pictures.example/hill.png";
/** One grey pixel. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNsaGj4DwAFhAKAjM1mJgAAAABJRU5ErkJggg==",
  "base64",
);

/** The picture of another site, which no journey asks for. */
async function servePicture(page: Page): Promise<void> {
  await page.context().route(cover, (route) => route.fulfill({ contentType: "image/png", body: pixel }));
}

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`an author chooses by keyboard alone how a post presents itself, sees it before, and readers get it so (${locale})`, async ({
    page,
    browser,
  }) => {
    await enter(page, locale, text.name, "author");
    const slug = `presented-${locale}-${Date.now().toString(36)}`;
    const title = `${slug} title`;
    const searchTitle = `${slug} found`;
    const { postId } = await asPerson<{ postId: string }>(page, "POST", "/author/posts", {
      ...{ lang: locale, slug, title, description: "", tags: [], settings: {}, markdown: title },
    });
    await servePicture(page);
    await page.goto(`/${locale}/write/${postId}`);
    await typeInto(page, page.getByRole("textbox", { name: text.excerpt, exact: true }), text.lead);
    await pressOn(page, page.getByRole("button", { name: text.menu }), "Shift+Tab");
    await pressOn(page, page.getByRole("button", { name: text.open }));
    const sheet = page.getByRole("dialog", { name: text.sheet });
    await tick(page, sheet.getByRole("checkbox", { name: text.pinned }));
    await typeInto(page, sheet.getByRole("textbox", { name: text.cover }), cover);
    await typeInto(page, sheet.getByRole("textbox", { name: text.alt }), text.shown);

    // What is written for search engines and cards stands in for the post's own words.
    const result = sheet.getByRole("figure", { name: text.result });
    const card = sheet.getByRole("figure", { name: text.card });
    await expect(result).toContainText(`/${locale}/posts/${slug}${title}${text.lead}`);
    await expect(card).toContainText(`${title}${text.lead}`);
    await typeInto(page, sheet.getByRole("textbox", { name: text.searchTitle }), searchTitle);
    await typeInto(page, sheet.getByRole("textbox", { name: text.searchDescription }), text.forSearch);
    await expect(result).toContainText(`/${locale}/posts/${slug}${searchTitle}${text.forSearch}`);
    await expect(card).toContainText(`${searchTitle}${text.forSearch}`);
    await expect(card.getByRole("img", { name: text.shown })).toHaveJSProperty("naturalWidth", 1);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/pages/presenting-${locale}-light.png` });
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expectContrast(page);
    await page.screenshot({ path: `test-results/pages/presenting-${locale}-dark.png` });
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await expect(page.getByText(text.saved, { exact: true })).toBeVisible();
    await pressOn(page, page.getByRole("button", { name: text.publish, exact: true }));
    await expect(page.getByRole("button", { name: text.isPublished, exact: true })).toBeVisible();

    const reader = await (await browser.newContext({ locale })).newPage();
    await servePicture(reader);
    const pinned = reader.getByRole("region", { name: text.pinnedPosts }).getByRole("article");
    await expect(async () => {
      await reader.goto(`/${locale}`);
      await expect(pinned.filter({ hasText: title })).toContainText(text.lead, { timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await pressOn(reader, pinned.getByRole("link", { name: title }));
    await expect(reader.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(reader.getByRole("img", { name: text.shown })).toBeVisible();
    await expect(reader).toHaveTitle(new RegExp(`^${searchTitle} · `));
    for (const [name, content] of [
      ["description", text.forSearch],
      ["og:title", searchTitle],
      ["og:description", text.forSearch],
      ["og:image", cover],
      ["twitter:card", "summary_large_image"],
    ] as const)
      await expect(reader.locator(`meta[name="${name}"], meta[property="${name}"]`)).toHaveAttribute(
        "content",
        content,
      );
    await expectAccessible(reader);
    // The front page is everybody's.
    await asPerson(page, "POST", `/author/posts/${postId}/unpublish`, {});
    await reader.context().close();
  });
}
