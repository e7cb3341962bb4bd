import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "./fixtures.ts";

const root = path.resolve(import.meta.dirname, "..");
const words = {
  ko: { tag: "갈피", older: "이전 글 보기", end: "여기까지가 처음입니다.", pages: [20, 20, 1] },
  en: { tag: "leaf", older: "Older posts", end: "This is where it began.", pages: [20, 1] },
} as const;

/** Posts of one tag, a day apart and so long ago that no other list begins with them; their titles, oldest first. */
async function importPosts(lang: "ko" | "en", tag: string, count: number): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "haru-lists-"));
  await mkdir(path.join(folder, lang));
  const titles = Array.from({ length: count }, (_, index) => `${tag}-${index}`);
  for (const [index, title] of titles.entries()) {
    const date = new Date(Date.UTC(2001, 0, 1 + index)).toISOString();
    const matter = `---\ntitle: ${title}\ndate: ${date}\ntags: [${tag}]\n---\n`;
    await writeFile(path.join(folder, lang, `${title}.md`), `${matter}\n${title}\n`);
  }
  await promisify(execFile)(process.execPath, ["--import", "tsx", "scripts/import.ts", folder], {
    cwd: root,
  });
  await rm(folder, { recursive: true });
  return titles;
}

for (const lang of ["ko", "en"] as const) {
  const text = words[lang];

  test(`a reader without scripts follows a tag's own links to its first post and meets each post once (${lang})`, async ({
    browser,
    baseURL,
  }) => {
    const tag = `${text.tag}-${Date.now().toString(36)}`;
    const count = text.pages.reduce((sum, each) => sum + each, 0);
    const titles = await importPosts(lang, tag, count);
    const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
    const page = await context.newPage();
    await page.goto(`/${lang}/tags/${encodeURIComponent(tag)}`);
    const posts = page.locator("main").getByRole("link", { name: new RegExp(`^${tag}-\\d+$`) });
    const older = page.getByRole("link", { name: text.older });
    const met = [await posts.allTextContents()];
    while ((await older.count()) > 0) {
      await older.click();
      met.push(await posts.allTextContents());
    }
    expect(met.map(({ length }) => length)).toEqual(text.pages);
    expect(met.flat()).toEqual(titles.toReversed());
    await expect(page.getByText(text.end)).toBeVisible();
    await context.close();
  });
}
