import { expect, test } from "vitest";
import { hostilePictures, injected } from "../../../test/hostile-pictures.ts";
import { makePicture } from "./make.ts";
import { PictureRefused } from "./refusal.ts";

/** Far above what any of them takes, and below what the function has. */
const deadlineMilliseconds = 30_000;

test.each(await hostilePictures())(
  "$name ends as it should, in bounded time, and nothing of its text is left",
  { timeout: deadlineMilliseconds },
  async ({ bytes, ends }) => {
    const files: Buffer[] = [];
    const choices = {
      use: "library",
      pictureId: "pic_hostile",
      focus: undefined,
      watermark: undefined,
    } as const;
    const ended = await makePicture(bytes, { ...choices, only: ["thumbnails"] }, async (file) => {
      files.push(file.bytes);
    }).then(
      () => "ready" as const,
      (error: unknown) => {
        if (error instanceof PictureRefused) return error.refusal;
        throw error;
      },
    );
    expect(ends).toContain(ended);
    for (const file of files) expect(file.includes(injected)).toBe(false);
  },
);
