import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { decode } from "../src/media/image/decode.ts";
import { displayP3ToSrgb } from "../src/media/image/display-p3.ts";
import type { VariantKind } from "../src/media/image/made-picture.ts";
import { makePicture, type VariantFile } from "../src/media/image/make.ts";
import { fitInside } from "../src/media/image/plan.ts";
import { metadataParts } from "./metadata.ts";

/** Real pictures. They are input from outside the repository and may be absent. */
const folder =
  process.env.SAMPLE_PICTURES ?? path.resolve(import.meta.dirname, "../../../../shared/data/images");
const isThere = existsSync(folder);
/** All files of all pictures take minutes: `ALL_VARIANTS=1` asks for them. */
const only: readonly VariantKind[] | undefined = process.env.ALL_VARIANTS
  ? undefined
  : ["thumbnails", "medium"];

interface Sample {
  readonly file: string;
  readonly kind: string;
  readonly exif_orientation?: number;
  readonly shown_width: number;
  readonly shown_height: number;
  readonly frames: number;
}

const samples: Sample[] = isThere
  ? (JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8")) as Sample[]).filter(
      ({ kind }) => kind !== "image/svg+xml",
    )
  : [];
const bytesOf = (file: string) => readFileSync(path.join(folder, file));

async function make(bytes: Buffer) {
  const files: VariantFile[] = [];
  const choices = {
    use: "library",
    pictureId: "pic_sample",
    focus: undefined,
    watermark: undefined,
  } as const;
  const made = await makePicture(bytes, { ...choices, ...(only ? { only } : {}) }, async (file) => {
    files.push(file);
  });
  return { made, files };
}

test.skipIf(!isThere).for(samples)(
  "$file becomes files of exact sizes with nothing in them but the picture",
  { timeout: 120_000 },
  async ({ file, shown_width: width, shown_height: height, frames }) => {
    const { made, files } = await make(bytesOf(file));
    expect(made).toMatchObject({ width, height, isAnimated: frames > 1 });
    const medium = made.sizes.find(({ kind }) => kind === "medium");
    expect(medium).toMatchObject(fitInside({ width, height }, { width: 800, height: 600 }));
    for (const { size, format, bytes } of files) {
      const is = await sharp(bytes).metadata();
      expect([is.width, is.height]).toEqual([size.width, size.height]);
      expect(is.format).toBe(format === "avif" ? "heif" : format);
      const moves = frames > 1 && format === "webp" && size.kind !== "thumbnails";
      expect(is.pages ?? 1).toBe(moves ? frames : 1);
      expect(metadataParts(bytes), `${size.kind} ${format}`).toEqual([]);
    }
  },
);

/** Where a pixel that is shown stands in the file, for each orientation of EXIF. */
const stored: Readonly<Record<number, (x: number, y: number, w: number, h: number) => [number, number]>> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, h) => [y, h - 1 - x],
  7: (x, y, w, h) => [w - 1 - y, h - 1 - x],
  8: (x, y, w) => [w - 1 - y, x],
};

const turned = samples.filter(({ file }) => /^(?:Landscape|Portrait)_\d\.jpg$/.test(file));

test.skipIf(!isThere).for(turned)(
  "$file is turned upright, pixel for pixel",
  async ({ file, exif_orientation: orientation = 1 }) => {
    const { pixels } = await decode(bytesOf(file));
    const plain = await sharp(bytesOf(file)).raw().toBuffer({ resolveWithObject: true });
    const place = stored[orientation];
    if (!place) throw new Error(`There is no orientation ${orientation}.`);
    const upright = Buffer.alloc(pixels.data.length);
    for (let y = 0; y < pixels.height; y++)
      for (let x = 0; x < pixels.width; x++) {
        const [column, row] = place(x, y, plain.info.width, plain.info.height);
        const from = (row * plain.info.width + column) * 3;
        plain.data.copy(upright, (y * pixels.width + x) * 3, from, from + 3);
      }
    expect(pixels.data.equals(upright)).toBe(true);
  },
);

/** Light, and not the value that stands for it: dark values that differ are seen as the same. */
const light = (value = 0) => (value / 255) ** 2.2;

test.skipIf(!isThere).for(["P3-sRGB-color-bars.jpg", "P3-sRGB-red.png"])(
  "the colours of %s are those that its profile means",
  async (file) => {
    const { data, width, height, channels } = (await decode(bytesOf(file))).pixels;
    const plain = await sharp(bytesOf(file), { ignoreIcc: true }).ensureAlpha().raw().toBuffer();
    const reference = Buffer.from(plain);
    displayP3ToSrgb(reference);
    const distance = (other: Buffer) => {
      let sum = 0;
      for (let pixel = 0; pixel < width * height; pixel++)
        for (let channel = 0; channel < 3; channel++)
          sum += Math.abs(light(data[pixel * channels + channel]) - light(other[pixel * 4 + channel]));
      return sum / (width * height * 3);
    };
    expect(distance(reference)).toBeLessThan(0.005);
    expect(distance(plain)).toBeGreaterThan(0.02);
  },
);
