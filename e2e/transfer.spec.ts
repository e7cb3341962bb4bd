import { readFile } from "node:fs/promises";
import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";
import { expect, expectAccessible, type Page, test } from "./fixtures.ts";
import { resume } from "./people.ts";

const words = {
  ko: {
    rehearsed: "아직 아무것도 바꾸지 않았습니다.",
    start: /가져오기$/,
    done: "가져왔습니다.",
    again: "다른 파일 고르기",
    unchanged: "그대로인 글 2",
    export: "모두 내보내기",
  },
  en: {
    rehearsed: "Nothing has changed yet.",
    start: /^Import/,
    done: "Imported.",
    again: "Choose other files",
    unchanged: "2 as they are",
    export: "Export everything",
  },
} as const;

/** An export of WordPress with a post, a page, and one of what is left aside: a picture's own entry. */
function wxrOf(stamp: string): string {
  const item = (type: string, name: string, title: string, content: string) => `<item>
    <title>${title}</title><content:encoded><![CDATA[${content}]]></content:encoded>
    <excerpt:encoded><![CDATA[]]></excerpt:encoded>
    <wp:post_name>${name}</wp:post_name><wp:post_type>${type}</wp:post_type><wp:status>publish</wp:status>
    <wp:post_date_gmt>2024-05-06 07:08:09</wp:post_date_gmt><wp:post_password></wp:post_password>
    <category domain="category" nicename="notes"><![CDATA[Notes ${stamp}]]></category></item>`;
  return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
    ${item("post", `moved-${stamp}`, `Moved house ${stamp}`, "First words.\n\nSecond <strong>words</strong>. <script>alert(1)</script>")}
    ${item("page", `colophon-${stamp}`, `Colophon ${stamp}`, "<p>Who made this.</p>")}
    ${item("attachment", `picture-${stamp}`, "picture.jpg", "")}
    </channel></rss>`;
}

async function drop(page: Page, stamp: string): Promise<void> {
  const buffer = Buffer.from(wxrOf(stamp));
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "wordpress.xml", mimeType: "text/xml", buffer });
}

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`an author brings posts and pages from WordPress, rehearsed first, once, and takes everything out again (${locale})`, async ({
    page,
  }) => {
    const { displayName, email } = sampleAccounts[0];
    await resume(page, { name: displayName, email }, samplePassword);
    const stamp = `${locale}${Date.now().toString(36)}`;
    await page.goto(`/${locale}/write/transfer`);
    await expectAccessible(page);
    await drop(page, stamp);
    await expect(page.getByText(text.rehearsed)).toBeVisible();
    expect((await page.request.get(`/en/posts/moved-${stamp}`)).status()).toBe(404);
    await expectAccessible(page);
    await page.getByRole("button", { name: text.start }).click();
    await expect(page.getByText(text.done)).toBeVisible();

    await expect(async () => {
      const post = await page.request.get(`/en/posts/moved-${stamp}`);
      expect(await post.text()).toContain("<p>Second <strong>words</strong>.");
    }).toPass({ timeout: 20_000 });
    const about = await (await page.request.get(`/en/posts/colophon-${stamp}`)).text();
    expect(about).toContain(`<h1>Colophon ${stamp}</h1>`);
    expect(about).not.toContain('id="comments"');
    const front = await page.request.get(`/en/tags/notes-${stamp}`);
    expect(await front.text()).not.toContain("Colophon");

    await page.getByRole("button", { name: text.again }).click();
    await drop(page, stamp);
    await expect(page.getByText(text.unchanged)).toBeVisible();

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: text.export }).click();
    const archive = await readFile(await (await download).path());
    expect(archive.subarray(0, 2).toString()).toBe("PK");
    expect(archive.includes(`posts/en/moved-${stamp}.md`)).toBe(true);
  });
}
