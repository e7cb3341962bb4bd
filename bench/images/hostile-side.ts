/** Makes all files of one picture in a process of its own, so that its memory can be told, and says what became of it. */
import { readFileSync } from "node:fs";
import { makePicture } from "@haru/core/media/image/make";
import { PictureRefused } from "@haru/core/media/image/refusal";

/** What became of a file, told by a process that has seen no other. */
export interface End {
  /** `ready`, a refusal, or what was thrown. */
  readonly result: string;
  readonly milliseconds: number;
  /** Of the whole process. */
  readonly peakMb: number;
}

const choices = { use: "library", pictureId: "pic_hostile", focus: undefined, watermark: undefined } as const;
const bytes = readFileSync(process.argv[2] ?? "");
const from = performance.now();
const result = await makePicture(bytes, choices, async () => {}).then(
  () => "ready",
  (error: unknown) => (error instanceof PictureRefused ? error.refusal : String(error)),
);
const end: End = {
  result,
  milliseconds: performance.now() - from,
  peakMb: process.resourceUsage().maxRSS / 1000,
};
process.send?.(end);
