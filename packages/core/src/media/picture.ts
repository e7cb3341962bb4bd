import type { MadePicture, VariantFormat, VariantKind, VariantSize } from "./image/made-picture.ts";
import type { Avatar, Picture } from "./picture.contract.ts";
import { placeholderOf } from "./placeholder.ts";

export const contentTypes: Readonly<Record<VariantFormat, string>> = {
  avif: "image/avif",
  webp: "image/webp",
  jpeg: "image/jpeg",
  png: "image/png",
};

/** The key of a file of a picture, which is also its path on the site. */
export function variantKey(
  picture: Pick<MadePicture, "pictureId">,
  size: VariantSize,
  format: VariantFormat,
) {
  const { kind, width, height, edition } = size;
  return `media/${picture.pictureId}/${kind}/${width}x${height}-${edition}.${format}`;
}

/** What pages are told of a picture. */
export function pictureOf(made: MadePicture): Picture {
  const { width, height, isAnimated, isTransparent, colour, thumbHash } = made;
  const fallback = made.formats.at(-1) ?? "jpeg";
  return {
    width,
    height,
    isAnimated,
    isTransparent,
    colour,
    placeholder: placeholderOf(thumbHash),
    thumbnail: renditionOf(made, "thumbnails"),
    inline: renditionOf(made, "widths"),
    medium: pathOf(made, "medium", fallback),
    full: pathOf(made, "full", fallback),
  };
}

/** What pages are told of an avatar. */
export function avatarOf(made: MadePicture): Avatar {
  const sizes = sizesOf(made, "avatars");
  const [small] = sizes;
  if (!small) throw new Error(`The picture ${made.pictureId} has no avatars.`);
  const path = (size: VariantSize) => `/${variantKey(made, size, "webp")}`;
  return { src: path(small), srcset: sizes.map((size) => `${path(size)} ${size.width}w`).join(", ") };
}

function renditionOf(made: MadePicture, kind: VariantKind): Picture["inline"] {
  const sizes = sizesOf(made, kind);
  const srcset = (format: VariantFormat) =>
    sizes.map((size) => `/${variantKey(made, size, format)} ${size.width}w`).join(", ");
  const fallback = made.formats.at(-1) ?? "jpeg";
  const better = made.formats.slice(0, -1).map((format) => ({
    type: contentTypes[format],
    srcset: srcset(format),
    // Whoever asks for less motion gets the first frame.
    ...(made.isAnimated && kind !== "thumbnails" ? { media: "(prefers-reduced-motion: no-preference)" } : {}),
  }));
  const largest = sizes.at(-1);
  if (!largest) throw new Error(`The picture ${made.pictureId} has no ${kind}.`);
  // What knows no srcset is served well by a middle size.
  const usual = sizes[Math.min(1, sizes.length - 1)] ?? largest;
  return {
    sources: better,
    src: `/${variantKey(made, usual, fallback)}`,
    srcset: srcset(fallback),
    width: kind === "thumbnails" ? largest.width : made.width,
    height: kind === "thumbnails" ? largest.height : made.height,
  };
}

function pathOf(made: MadePicture, kind: VariantKind, format: VariantFormat): string {
  const [size] = sizesOf(made, kind);
  if (!size) throw new Error(`The picture ${made.pictureId} has no ${kind}.`);
  return `/${variantKey(made, size, format)}`;
}

function sizesOf(made: MadePicture, kind: VariantKind): VariantSize[] {
  return made.sizes.filter((size) => size.kind === kind);
}
