import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, expectAccessible, type Page, test } from "./fixtures.ts";
import { enter } from "./people.ts";

/** Real pictures, which come from outside the repository. Some two hundred files are made of them: minutes of work. */
const folder = process.env.SAMPLE_PICTURES ?? "";

/** Photos that lie on their sides, a large one, the photo of an iPhone, animation and transparency. */
const names = [
  "Landscape_1.jpg",
  "Landscape_3.jpg",
  "Portrait_2.jpg",
  "Portrait_6.jpg",
  "HMD_Nokia_8.3_5G.jpg",
  "iphone_13_pro_max.HEIC",
  "animated-loop-3.gif",
  "blackbug.png",
  "derived-landscape.webp",
  "hopper.avif",
];
const types: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  HEIC: "image/heic",
  gif: "image/gif",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
};

const patienceMilliseconds = 300_000;

function realPictures(page: Page) {
  const files = names.map((name) => ({
    name,
    type: types[name.split(".").at(-1) ?? ""],
    base64: readFileSync(path.join(folder, name)).toString("base64"),
  }));
  return page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, type = "", base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type }));
    }
    return transfer;
  }, files);
}

test.skip(!existsSync(folder), "Name the folder of real pictures in SAMPLE_PICTURES.");

test("ten real pictures that are dropped at once are seen at once, finished, and published upright", async ({
  page,
}) => {
  test.setTimeout(3 * patienceMilliseconds);
  await enter(page, "ko", "사진하루", "author");

  await page.goto("/ko/write/new");
  const slug = `ten-${Date.now().toString(36)}`;
  await page.getByRole("textbox", { name: "제목", exact: true }).fill(`사진 열 장 ${slug}`);
  await page.getByRole("textbox", { name: "주소" }).fill(slug);
  const editor = page.getByRole("textbox", { name: "본문", exact: true });
  await editor.dispatchEvent("drop", { dataTransfer: await realPictures(page) });
  const uploads = page.getByRole("list", { name: "올리는 그림" });
  await expect(uploads.getByRole("listitem")).toHaveCount(names.length);
  // The device's own pictures are there before anything is sent.
  await expect(uploads.locator('img[src^="blob:"]').first()).toBeVisible();
  await expect(uploads.getByText("크기별로 만드는 중").first()).toBeVisible({
    timeout: patienceMilliseconds,
  });
  for (const name of names)
    await expect(uploads.getByRole("textbox", { name: `${name} 설명` })).toBeVisible({
      timeout: patienceMilliseconds,
    });
  const preview = page.locator(".preview .picture img:not(.picture-placeholder)");
  await expect(preview).toHaveCount(names.length, { timeout: patienceMilliseconds });
  await expectAccessible(page);

  await expect(page.getByText("저장됨", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "공개하기", exact: true }).click();
  await expect(page.getByRole("button", { name: "공개됨", exact: true })).toBeVisible();
  await page.goto(`/ko/posts/${slug}`);
  const shown = page.locator(".prose .picture img:not(.picture-placeholder)");
  await expect(shown).toHaveCount(names.length);
  for (let at = 0; at < names.length; at++) {
    const picture = shown.nth(at);
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
  }
  // What lies on its side in the file stands upright here.
  const shapes = await shown.evaluateAll((images) =>
    images.map((image) => Math.sign(image.clientWidth - image.clientHeight)),
  );
  expect(shapes.slice(0, 6)).toEqual([1, 1, -1, -1, 1, -1]);
});
