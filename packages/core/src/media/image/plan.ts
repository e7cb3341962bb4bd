import { createHash } from "node:crypto";
import type { Focus } from "../media.contract.ts";
import type { PictureUse, VariantSize } from "./made-picture.ts";
import type { Watermark } from "./watermark.ts";

/** Rises when the same picture gives other files. Together with the choices of people it names an edition. */
const recipe = 2;

export const thumbnailPixels = 300;
/** Beside a comment and above an author's posts, each on a dense screen. */
const avatarPixels = [96, 288];
const mediumBox = { width: 800, height: 600 };
const fullPixels = 2560;
/** The widths that screens ask for, narrow and wide, once and twice as dense. */
const widths = [480, 960, 1440, 1920];
/** A step this close to the widest one is not worth its files. */
const closeness = 0.9;

/** What the making of a picture depends on beside its pixels. */
export interface Choices {
  readonly use: PictureUse;
  readonly focus: Focus | undefined;
  readonly watermark: Watermark | undefined;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The largest size of the same shape inside a box. Pictures are never enlarged. */
export function fitInside({ width, height }: Size, box: Size): Size {
  const scale = Math.min(1, box.width / width, box.height / height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** All pixels that any file needs: what is decoded is brought to this size at once. */
export function workingSize(original: Size): Size {
  return fitInside(original, { width: fullPixels, height: fullPixels });
}

/** Every size that is made of a picture, the thumbnail first, because authors wait for it. */
export function planSizes(original: Size, { use, focus, watermark }: Choices): VariantSize[] {
  if (use === "avatar")
    return avatarPixels.map((side) => ({
      kind: "avatars",
      width: side,
      height: side,
      edition: editionOf("avatars"),
    }));
  const widest = Math.min(original.width, widths.at(-1) ?? 0);
  const steps = [...widths.filter((width) => width <= widest * closeness), widest];
  const inside = (box: Size) => fitInside(original, box);
  return [
    {
      kind: "thumbnails",
      width: thumbnailPixels,
      height: thumbnailPixels,
      edition: editionOf("thumbnails", focus),
    },
    { kind: "medium", ...inside(mediumBox), edition: editionOf("medium") },
    ...steps.map((width) => ({
      kind: "widths" as const,
      ...inside({ width, height: Number.POSITIVE_INFINITY }),
      edition: editionOf("widths"),
    })),
    { kind: "full", ...workingSize(original), edition: editionOf("full", watermark) },
  ];
}

function editionOf(...choices: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify([recipe, ...choices]))
    .digest("hex")
    .slice(0, 8);
}
