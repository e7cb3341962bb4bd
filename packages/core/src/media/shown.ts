import type { Core } from "../core.ts";
import { idSchema, type MediaId } from "../id.ts";
import type { Picture } from "./media.contract.ts";
import { media } from "./media.entity.ts";
import { pictureOf } from "./picture.ts";
import { pictureHtml, plainPictureHtml } from "./picture-html.ts";

/** One post shows at most so many different pictures; further ones are told by their description. */
const mostPictures = 200;

/** An image of the renderer whose address names a picture. Text cannot look like this: its `<` is written as an entity. */
const image = /<img src="media:(med_[0-9a-z]{26})"( alt="[^"]*")?( title="[^"]*")?[^>]*>/g;
/** The same reference in Markdown, wherever it stands. */
const reference = /\bmedia:(med_[0-9a-z]{26})(?![0-9a-z])/g;

/** `page`: for a page of the site. `feed`: for programs that know no more than `img`. */
export type Audience = "page" | "feed";

/**
 * Puts the files of pictures into rendered HTML, for all of one answer with one batch of reads. A
 * picture that is gone or not ready is told by its description.
 * @param html as `renderPost` made it
 */
export async function showPictures(core: Core, html: string, audience: Audience = "page"): Promise<string> {
  const mediaIds = [...new Set([...html.matchAll(image)].map(([, mediaId]) => mediaId as MediaId))];
  if (mediaIds.length === 0) return html;
  const pictures = await picturesOf(core, mediaIds.slice(0, mostPictures));
  let shown = 0;
  return html.replace(image, (_, mediaId: MediaId, alt = ' alt=""', title = "") => {
    const picture = pictures.get(mediaId);
    const description = alt.slice(' alt="'.length, -1);
    if (!picture) return `<span class="picture-missing">${description}</span>`;
    if (audience === "feed") return plainPictureHtml(picture, `${alt}${title}`);
    // Only the first may be seen before anybody scrolls.
    return pictureHtml(picture, `${alt}${title}`, { isFirst: shown++ === 0 });
  });
}

/** The ids of all pictures that a text names. */
export function namedPictures(markdown: string): MediaId[] {
  const ids = [...markdown.matchAll(reference)].map(([, mediaId]) => mediaId);
  return [...new Set(ids)].flatMap((mediaId) => idSchema("media").safeParse(mediaId).data ?? []);
}

async function picturesOf(core: Core, mediaIds: readonly MediaId[]): Promise<Map<MediaId, Picture>> {
  const { data } = await media(core)
    .get(mediaIds.map((mediaId) => ({ mediaId })))
    .go({ concurrent: 2 });
  return new Map(data.flatMap(({ mediaId, picture }) => (picture ? [[mediaId, pictureOf(picture)]] : [])));
}
