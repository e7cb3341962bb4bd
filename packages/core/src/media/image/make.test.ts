import { setTimeout } from "node:timers/promises";
import sharp from "sharp";
import { expect, test } from "vitest";
import { decode } from "./decode.ts";
import type { VariantKind } from "./made-picture.ts";
import { makePicture, type VariantFile } from "./make.ts";
import type { Choices } from "./plan.ts";

async function make(
  bytes: Buffer,
  only: readonly VariantKind[],
  choices: Choices = { use: "library", focus: undefined, watermark: undefined },
) {
  const files: VariantFile[] = [];
  const made = await makePicture(bytes, { pictureId: "pic_test", only, ...choices }, async (file) => {
    files.push(file);
  });
  const bytesOf = (format: string) => {
    const file = files.find((one) => one.format === format);
    if (!file) throw new Error(`There is no ${format}.`);
    return file.bytes;
  };
  return { made, files, bytesOf };
}

type Colour = { r: number; g: number; b: number; alpha: number };
const ground = (width: number, height: number, background: Colour) =>
  sharp({ create: { width, height, channels: 4, background } });
const grey = (level: number): Colour => ({ r: level, g: level, b: level, alpha: 1 });

test("a small picture is never enlarged but for its thumbnail", async () => {
  const { made } = await make(await ground(320, 200, grey(90)).png().toBuffer(), []);
  expect(made.sizes.map(({ kind, width, height }) => [kind, width, height])).toEqual([
    ["thumbnails", 300, 300],
    ["medium", 320, 200],
    ["widths", 320, 200],
    ["full", 320, 200],
  ]);
});

test("the same original gives the same bytes each time, so that a repeated run changes nothing", async () => {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 30 };
  const original = await sharp({
    create: { width: 400, height: 300, channels: 3, background: "black", noise },
  })
    .jpeg()
    .toBuffer();
  const first = await make(original, ["medium"]);
  const second = await make(original, ["medium"]);
  for (const format of first.made.formats)
    expect(first.bytesOf(format).equals(second.bytesOf(format)), format).toBe(true);
  expect(second.made).toEqual(first.made);
});

test("what can be seen through stays so in every format, and the last one is PNG", async () => {
  const half = await ground(200, 200, { r: 200, g: 40, b: 40, alpha: 0.5 }).png().toBuffer();
  const { made, bytesOf } = await make(half, ["medium"]);
  expect(made).toMatchObject({ isTransparent: true, formats: ["avif", "webp", "png"] });
  for (const format of made.formats) {
    const [red, green, blue, alpha] = await sharp(bytesOf(format)).ensureAlpha().raw().toBuffer();
    for (const [is, wanted] of [
      [red, 200],
      [green, 40],
      [blue, 40],
      [alpha, 128],
    ] as const)
      expect(Math.abs((is ?? 0) - wanted), format).toBeLessThan(6);
  }
});

test("sixteen bits a channel keep their colours", async () => {
  const deep = await ground(100, 80, { r: 10, g: 120, b: 240, alpha: 1 })
    .removeAlpha()
    .toColourspace("rgb16")
    .png()
    .toBuffer();
  expect((await sharp(deep).metadata()).depth).toBe("ushort");
  const { pixels } = await decode(deep);
  expect([...pixels.data.subarray(0, 3)]).toEqual([10, 120, 240]);
});

test.each([0, 128, 255])(
  "the mark can be seen on a ground of %i, and nothing else of the picture changes",
  async (level) => {
    const plain = await ground(800, 600, grey(level)).png().toBuffer();
    const watermark = { position: "bottom-right", opacity: 0.7 } as const;
    const { bytesOf } = await make(plain, ["full"], { use: "library", focus: undefined, watermark });
    const { data, info } = await sharp(bytesOf("jpeg"))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const corner: number[] = [];
    const elsewhere: number[] = [];
    for (let y = 0; y < info.height; y++)
      for (let x = 0; x < info.width; x++) {
        const contrast = Math.abs((data[y * info.width + x] ?? 0) - level);
        const isCorner = x > info.width * 0.9 && y > info.height * 0.9;
        (isCorner ? corner : elsewhere).push(contrast);
      }
    // An expectation for each of half a million pixels would take ten seconds.
    expect(elsewhere.reduce((most, one) => Math.max(most, one))).toBeLessThan(8);
    expect(Math.max(...corner)).toBeGreaterThan(80);
  },
);

test("a chosen point moves the thumbnail's crop to it", async () => {
  const left = await ground(300, 300, grey(0)).png().toBuffer();
  const wide = await ground(900, 300, grey(255))
    .composite([{ input: left, left: 0, top: 0 }])
    .png()
    .toBuffer();
  const lightness = async (x: number) => {
    const focus = { x, y: 0.5 };
    const { bytesOf } = await make(wide, ["thumbnails"], { use: "library", focus, watermark: undefined });
    return (await sharp(bytesOf("jpeg")).greyscale().stats()).channels[0]?.mean ?? Number.NaN;
  };
  expect(await lightness(0)).toBeLessThan(5);
  expect(await lightness(1)).toBeGreaterThan(250);
});

test("a file that cannot be saved fails the picture once no other is still being saved", async () => {
  const saved: string[] = [];
  const made = makePicture(
    await ground(320, 200, grey(90)).removeAlpha().jpeg().toBuffer(),
    { use: "library", focus: undefined, watermark: undefined, pictureId: "pic_test", only: ["medium"] },
    async ({ format }) => {
      if (format === "jpeg") throw new Error("The store is gone.");
      await setTimeout(200);
      saved.push(format);
    },
  );
  await expect(made).rejects.toThrow("The store is gone.");
  expect(saved.toSorted()).toEqual(["avif", "webp"]);
});
