import type { Picture } from "./picture.contract.ts";

/** How wide a picture in the text of a page is: its column, or a narrow screen less its edges. */
export const inlineSizes = "(min-width: 43rem) 40rem, calc(100vw - 2rem)";

/**
 * A picture in the HTML of a page. All values are ours: paths, numbers and types.
 * @param attributes `alt` and `title` as HTML, each after a space
 */
export function pictureHtml(
  picture: Picture,
  attributes: string,
  { isFirst }: { readonly isFirst: boolean },
): string {
  const { inline, placeholder, isTransparent, isAnimated, full } = picture;
  const sources = inline.sources.map(
    ({ type, srcset, media }) =>
      `<source type="${type}" srcset="${srcset}" sizes="${inlineSizes}"${media ? ` media="${media}"` : ""}>`,
  );
  const loading = isFirst ? ' fetchpriority="high"' : ' loading="lazy"';
  return [
    '<span class="picture">',
    isTransparent ? "" : `<img class="picture-placeholder" src="${placeholder}" alt="">`,
    `<picture>${sources.join("")}`,
    `<img src="${inline.src}" srcset="${inline.srcset}" sizes="${inlineSizes}"`,
    ` width="${inline.width}" height="${inline.height}"${attributes}${loading} decoding="async"`,
    // What is shown when somebody wants to see more of it. The full picture stands still.
    isAnimated ? ">" : ` data-full="${full}">`,
    "</picture></span>",
  ].join("");
}

/** For readers of feeds, which know neither formats nor widths. */
export function plainPictureHtml({ medium, width, height }: Picture, attributes: string): string {
  const scale = Math.min(1, 800 / width, 600 / height);
  return `<img src="${medium}" width="${Math.round(width * scale)}" height="${Math.round(height * scale)}"${attributes}>`;
}
