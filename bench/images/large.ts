import { randomFillSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { maxUploadBytes } from "@haru/core/media/upload.contract";
import sharp, { type Sharp } from "sharp";
import type { Figure } from "../figure.ts";
import { samplePicture } from "./samples.ts";
import { ask, startSide, withEngines } from "./sides.ts";

/** What the worker's function has, in `infra/images.ts`. */
const functionMb = 2048;
/** No encoder makes noise small, so that these are about the largest files that the limit lets in. */
const largest: Readonly<Record<string, () => Promise<Buffer>>> = {
  "jpeg-50mp": () => noise(8650, 5770, 3, (all) => all.jpeg({ quality: 92, chromaSubsampling: "4:4:4" })),
  "png-31mp": () => noise(6700, 4700, 3, (all) => all.png({ compressionLevel: 1 })),
  "png-alpha-24mp": () => noise(5550, 4250, 4, (all) => all.png({ compressionLevel: 1 })),
  "webp-lossless-29mp": () => noise(6500, 4400, 3, (all) => all.webp({ lossless: true, effort: 0 })),
  // Nothing here encodes HEIC: a photo, and a box of bytes that decoders pass over.
  "heic-12mp": async () => {
    const photo = samplePicture("iphone_13_pro_max.HEIC");
    const free = Buffer.alloc(maxUploadBytes - photo.length - 1);
    free.writeUInt32BE(free.length);
    free.write("free", 4, "latin1");
    return Buffer.concat([photo, free]);
  },
};

/** The highest memory of the worker with the largest files, each in a process that has seen no other. */
export function measureLarge(): Promise<Figure[]> {
  return withEngines(async (engines, folder) => {
    const figures: Figure[] = [];
    const file = path.join(folder, "picture");
    for (const [name, make] of Object.entries(largest)) {
      const bytes = await make();
      writeFileSync(file, bytes);
      const worker = startSide("worker", engines);
      try {
        const { peakMb, milliseconds } = await ask(worker, { file, round: 0 });
        const words = `${(bytes.length / 1e6).toFixed(1)} MB, ${milliseconds.toFixed(0)} ms`;
        process.stdout.write(`${name}: ${words}\n`);
        figures.push({
          name: `large-${name}-peak`,
          value: peakMb,
          unit: "MB",
          goal: { operator: "<=", value: functionMb },
        });
      } finally {
        worker.kill();
      }
    }
    return figures;
  });
}

function noise(
  width: number,
  height: number,
  channels: 3 | 4,
  encode: (pixels: Sharp) => Sharp,
): Promise<Buffer> {
  const pixels = randomFillSync(Buffer.allocUnsafe(width * height * channels));
  return encode(sharp(pixels, { raw: { width, height, channels } })).toBuffer();
}
