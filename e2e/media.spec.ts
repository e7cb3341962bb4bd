import type { Browser } from "@playwright/test";
import { expect, expectAccessible, type Page, test } from "./fixtures.ts";
import { enter } from "./people.ts";

/** What the page says. The journey of a picture is walked in Korean, the refusal in English. */
const ko = {
  title: "제목",
  slug: "주소",
  text: "본문",
  uploads: "올리는 그림",
  altOf: (name: string) => `${name} 설명`,
  alt: "해 질 녘의 들판",
  saved: "저장됨",
  publish: "공개하기",
  isPublished: "공개됨",
  search: "이름이나 설명으로 찾기",
  remove: "지우기",
  removeUsed: "쓰이고 있어도 지우기",
  enlarge: "크게 보기",
};
const en = { notAPicture: /This is no picture/, library: "Pictures", add: "Upload pictures" };

/** The worker makes some twenty files of each picture on whatever the machine has left. */
const patienceMilliseconds = 60_000;

/** Photos of 2000 by 1250 pixels, each of another colour, made by the browser itself. */
function photos(page: Page, names: readonly string[]) {
  return page.evaluateHandle(async (each) => {
    const transfer = new DataTransfer();
    for (const [index, name] of each.entries()) {
      const canvas = new OffscreenCanvas(2000, 1250);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("The browser cannot draw.");
      const light = context.createLinearGradient(0, 0, 2000, 1250);
      light.addColorStop(0, `hsl(${Math.random() * 360} 70% 70%)`);
      light.addColorStop(1, `hsl(${index * 90} 60% 30%)`);
      context.fillStyle = light;
      context.fillRect(0, 0, 2000, 1250);
      const blob = await canvas.convertToBlob({ type: "image/jpeg" });
      transfer.items.add(new File([blob], name, { type: "image/jpeg" }));
    }
    return transfer;
  }, names);
}

/** The picture files that a page asks for on a screen, as `480.avif`. */
async function filesOn(
  browser: Browser,
  url: string,
  screen: { readonly width: number; readonly deviceScaleFactor: number },
): Promise<string[]> {
  const { width, deviceScaleFactor } = screen;
  const context = await browser.newContext({ viewport: { width, height: 900 }, deviceScaleFactor });
  const page = await context.newPage();
  const files: string[] = [];
  page.on("requestfinished", (request) => {
    const [, size, format] = /\/media\/.*\/widths\/(\d+)x\d+-\w+\.(\w+)$/.exec(request.url()) ?? [];
    if (size) files.push(`${size}.${format}`);
  });
  await page.goto(url);
  await expect(page.locator(".prose .picture img:not(.picture-placeholder)").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  await context.close();
  return files;
}

test("photos that are dropped into a post become the right files on every screen", async ({
  page,
  browser,
}) => {
  test.setTimeout(4 * patienceMilliseconds);
  await enter(page, "ko", "사진하루", "author");

  await page.goto("/ko/write/new");
  const slug = `photos-${Date.now().toString(36)}`;
  const title = `사진하루 ${slug}`;
  await page.getByRole("textbox", { name: ko.title, exact: true }).fill(title);
  await page.getByRole("textbox", { name: ko.slug }).fill(slug);
  const editor = page.getByRole("textbox", { name: ko.text, exact: true });
  const names = ["dawn.jpg", "noon.jpg"];
  await editor.dispatchEvent("drop", { dataTransfer: await photos(page, names) });
  const uploads = page.getByRole("list", { name: ko.uploads });
  await expect(uploads.getByRole("listitem")).toHaveCount(names.length);
  const alt = uploads.getByRole("textbox", { name: ko.altOf("dawn.jpg") });
  await expect(alt).toBeVisible({ timeout: patienceMilliseconds });
  await expect(uploads.getByRole("textbox", { name: ko.altOf("noon.jpg") })).toBeVisible({
    timeout: patienceMilliseconds,
  });
  await alt.fill(ko.alt);
  await alt.press("Enter");
  await expect(editor).toContainText(`![${ko.alt}](media:med_`);
  const preview = page.locator(".preview .picture img:not(.picture-placeholder)");
  await expect(preview).toHaveCount(names.length);
  await expectAccessible(page);

  await expect(page.getByText(ko.saved, { exact: true })).toBeVisible();
  await page.getByRole("button", { name: ko.publish, exact: true }).click();
  await expect(page.getByRole("button", { name: ko.isPublished, exact: true })).toBeVisible();
  await page.goto(`/ko/posts/${slug}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const shown = page.getByRole("button", { name: `${ko.alt} (${ko.enlarge})` });
  await expect(shown).toHaveJSProperty("complete", true);
  await expect(shown).toHaveAttribute("width", "2000");
  const url = page.url();
  expect(await filesOn(browser, url, { width: 390, deviceScaleFactor: 1 })).toContain("480.avif");
  expect(await filesOn(browser, url, { width: 1280, deviceScaleFactor: 1 })).toContain("960.avif");
  expect(await filesOn(browser, url, { width: 1280, deviceScaleFactor: 2 })).toContain("1440.avif");

  await page.goto("/ko/media");
  await page.getByRole("searchbox", { name: ko.search }).fill(ko.alt);
  await page.getByRole("button", { name: ko.alt }).click();
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: ko.remove, exact: true }).click();
  await expect(page.getByRole("button", { name: ko.removeUsed })).toBeVisible();
});

test("a file that only says that it is a picture is refused with its reason", async ({ page }) => {
  test.setTimeout(4 * patienceMilliseconds);
  await enter(page, "en", "Hana Photo", "author");
  await page.goto("/en/media");
  await expect(page.getByRole("heading", { level: 1, name: en.library })).toBeVisible();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: en.add }).click();
  const buffer = Buffer.from("<!doctype html><script>alert(1)</script>");
  await (await chooser).setFiles({ name: "page.png", mimeType: "image/png", buffer });
  await expect(page.getByText(en.notAPicture)).toBeVisible({ timeout: patienceMilliseconds });
});
