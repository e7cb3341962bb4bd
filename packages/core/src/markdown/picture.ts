import type { MarkdownIt } from "markdown-it";

/** How a text names a picture of this site: `![description](media:med_…)`. */
const reference = /^media:med_[0-9a-z]{26}$/;

/**
 * Lets images name pictures of this site. Their files are not known here: `media/shown.ts` puts
 * them in when the page is read, so that a replaced picture is replaced wherever it is shown.
 */
export function usePictures(md: MarkdownIt): void {
  const isSafe = md.validateLink;
  md.validateLink = (url) => reference.test(url) || isSafe(url);
}
