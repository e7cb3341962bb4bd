import type { PictureId } from "../../id.ts";

/** The formats that files are made in. */
export type VariantFormat = "avif" | "webp" | "jpeg" | "png";

/** What a file is for; also the folder that it lies in. */
export type VariantKind = "avatars" | "thumbnails" | "medium" | "full" | "widths";

/** Pictures of a library are made in all sizes for pages, avatars as small squares. */
export const pictureUses = ["library", "avatar"] as const;
export type PictureUse = (typeof pictureUses)[number];

export interface VariantSize {
  readonly kind: VariantKind;
  readonly width: number;
  readonly height: number;
  /** Tells files apart that were made in another way, so that an address never changes what it shows. */
  readonly edition: string;
}

/** All that is remembered of a picture's files: enough to name each of them. */
export interface MadePicture {
  /** The folder below `media/`. */
  readonly pictureId: PictureId;
  /** Upright, in pixels of the original. */
  readonly width: number;
  readonly height: number;
  readonly isAnimated: boolean;
  readonly isTransparent: boolean;
  readonly colour: string;
  /** ThumbHash, base64. */
  readonly thumbHash: string;
  /** Every size in all formats, the one that every program knows last. */
  readonly formats: readonly VariantFormat[];
  readonly sizes: readonly VariantSize[];
  /** Of all files together. */
  readonly bytes: number;
}
