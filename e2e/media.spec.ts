import type { Browser } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { enter } from "./people.ts";
import { bytesOf, photos } from "./pictures.ts";

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
  add: "그림 올리기",
  paused: /연결을 기다리는 중/,
  tooLarge: /100MB까지 올릴 수 있습니다/,
  cancel: (name: string) => `${name} 올리기 취소`,
  empty: "아직 그림이 없습니다",
  failed: /보내지 못했습니다/,
  retry: "다시 보내기",
  notAPicture: /그림 파일이 아닙니다/,
  replace: "다른 파일로 바꾸기",
  stop: "그만 보내기",
};
const en = { notAPicture: /This is no picture/, library: "Pictures", add: "Upload pictures" };

/** The worker makes some twenty files of each picture on whatever the machine has left. */
const patienceMilliseconds = 60_000;

/** As in `features/media/send-parts.ts`. */
const mostFailures = 8;
const longestPauseMilliseconds = 30_000;

/** Where one part of a large file goes. */
const partAddress = /\/uploads\/.*[?&]partNumber=/;
const numberIn = (url: string) => Number(new URL(url).searchParams.get("partNumber"));

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

test("a large picture goes in parts, and after a cut connection goes on with those that are missing", async ({
  page,
  context,
}) => {
  test.setTimeout(4 * patienceMilliseconds);
  await enter(page, "ko", "큰사진하루", "author");
  await page.goto("/ko/media");
  const add = page.getByRole("button", { name: ko.add });
  await expect(add).toBeVisible();

  const sent: number[] = [];
  const arrived: number[] = [];
  let isCut = true;
  await page.route(partAddress, async (route) => {
    const number = numberIn(route.request().url());
    sent.push(number);
    // The first part gets there; then nothing does, and whatever else is asked fails too.
    if (isCut && number !== 1) {
      await expect.poll(() => arrived).toContain(1);
      await context.setOffline(true);
      return route.abort("internetdisconnected");
    }
    await route.continue();
  });
  page.on("response", (response) => {
    if (partAddress.test(response.url()) && response.ok()) arrived.push(numberIn(response.url()));
  });

  const dataTransfer = await photos(page, ["large.jpg"], 28_000_000);
  await add.dispatchEvent("drop", { dataTransfer });
  const uploads = page.getByRole("list", { name: ko.uploads });
  await expect(uploads.getByText(ko.paused)).toBeVisible();
  await expectAccessible(page);
  expect(arrived).toEqual([1]);
  // One of four parts is there, of all that is to be sent.
  const share = await uploads.getByRole("progressbar", { name: "large.jpg" }).getAttribute("value");
  expect(Number(share)).toBeCloseTo(8_388_608 / 28_000_000, 1);
  isCut = false;
  await context.setOffline(false);
  await expect(uploads.getByText(ko.paused)).toBeHidden();
  await expect(uploads.getByRole("textbox", { name: ko.altOf("large.jpg") })).toBeVisible({
    timeout: patienceMilliseconds,
  });
  expect(arrived.toSorted()).toEqual([1, 2, 3, 4]);
  expect(sent.filter((number) => number === 1)).toHaveLength(1);

  // Another large file in its place, which is not to be after all.
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.route(partAddress, () => {});
  await page.getByRole("button", { name: "large.jpg", exact: true }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: ko.replace }).click();
  const buffer = Buffer.alloc(30_000_000);
  await (await chooser).setFiles({ name: "other.png", mimeType: "image/png", buffer });
  const ended = page.waitForResponse((response) => response.request().method() === "DELETE");
  await page.getByRole("button", { name: ko.stop }).click();
  expect((await ended).ok()).toBe(true);
  await expect(page.getByRole("button", { name: ko.stop })).toBeHidden();
});

test("parts that never get through end with a button, which goes on with them alone", async ({ page }) => {
  test.setTimeout(2 * patienceMilliseconds);
  await enter(page, "ko", "큰사진하루", "author");
  await page.goto("/ko/media");
  await expect(page.getByText(ko.empty)).toBeVisible();
  // Time stands still but for what is said here.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1_000);
  const sent: number[] = [];
  let isClosed = true;
  await page.route(partAddress, (route) => {
    const number = numberIn(route.request().url());
    sent.push(number);
    return isClosed && number !== 1 ? route.fulfill({ status: 403 }) : route.continue();
  });
  const add = page.getByRole("button", { name: ko.add });
  await add.dispatchEvent("drop", { dataTransfer: await bytesOf(page, "zeros.png", 30_000_000) });
  const uploads = page.getByRole("list", { name: ko.uploads });
  for (let failures = 1; failures < mostFailures; failures++) {
    await expect(uploads.getByText(ko.paused)).toBeVisible();
    const before = sent.length;
    await page.clock.fastForward(longestPauseMilliseconds);
    await expect.poll(() => sent.length).toBeGreaterThan(before);
  }
  await expect(uploads.getByText(ko.failed)).toBeVisible();
  isClosed = false;
  await page.clock.resume();
  await uploads.getByRole("button", { name: ko.retry }).click();
  await expect(uploads.getByText(ko.notAPicture)).toBeVisible({ timeout: patienceMilliseconds });
  expect(sent.filter((number) => number === 1)).toHaveLength(1);
  expect(sent.slice(-3).toSorted()).toEqual([2, 3, 4]);
});

test("a file beyond the limit is refused before it is sent, and a cancelled one leaves nothing", async ({
  page,
}) => {
  test.setTimeout(2 * patienceMilliseconds);
  await enter(page, "ko", "큰사진하루", "author");
  await page.goto("/ko/media");
  const add = page.getByRole("button", { name: ko.add });
  await add.dispatchEvent("drop", { dataTransfer: await bytesOf(page, "huge.png", 100_000_001) });
  const uploads = page.getByRole("list", { name: ko.uploads });
  await expect(uploads.getByText(ko.tooLarge)).toBeVisible();

  let held = 0;
  await page.route(partAddress, () => void held++);
  await add.dispatchEvent("drop", { dataTransfer: await bytesOf(page, "stopped.png", 30_000_000) });
  await expect.poll(() => held).toBe(3);
  const removed = page.waitForResponse(
    (response) => response.request().method() === "DELETE" && /\/media\/med_/.test(response.url()),
  );
  await uploads.getByRole("button", { name: ko.cancel("stopped.png") }).click();
  expect((await removed).ok()).toBe(true);
  await expect(uploads.getByText("stopped.png")).toBeHidden();
});
