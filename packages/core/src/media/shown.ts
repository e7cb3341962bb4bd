import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { idSchema, type MediaId } from "../id.ts";
import { isInLibrary } from "./library.ts";
import { media } from "./media.entity.ts";
import type { Picture } from "./picture.contract.ts";
import { pictureOf } from "./picture.ts";
import { pictureHtml, plainPictureHtml } from "./picture-html.ts";

/** One post shows at most so many different pictures; further ones are told by their description. */
const mostPictures = 200;

/**
 * An image of the renderer whose address names a picture, with its paragraph where it stands alone.
 * Text cannot look like this: its `<` is written as an entity.
 */
const image = /(<p>)?<img src="media:(med_[0-9a-z]{26})"( alt="[^"]*")?( title="[^"]*")?[^>]*>(<\/p>)?/g;
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
  const mediaIds = [...new Set([...html.matchAll(image)].map(([, , mediaId]) => mediaId as MediaId))];
  if (mediaIds.length === 0) return html;
  const pictures = await picturesOf(core, mediaIds.slice(0, mostPictures));
  let shown = 0;
  return html.replace(image, (_, open = "", mediaId: MediaId, alt = ' alt=""', title = "", close = "") => {
    const known = pictures.get(mediaId);
    if (!known)
      return `${open}<span class="picture-missing">${alt.slice(' alt="'.length, -1)}</span>${close}`;
    const { picture, caption } = known;
    const attributes = `${alt}${title}`;
    const files =
      audience === "feed"
        ? plainPictureHtml(picture, attributes)
        : // Only the first may be seen before anybody scrolls.
          pictureHtml(picture, attributes, { isFirst: shown++ === 0 });
    // What a text says itself comes before what is said of the picture everywhere.
    const isAlone = open !== "" && close !== "" && caption !== "";
    if (!isAlone) return `${open}${files}${close}`;
    return `<figure class="figure">${files}<figcaption>${escaped(caption)}</figcaption></figure>`;
  });
}

/** The files of the picture that an address such as `media:med_…` names. */
export async function findPicture(core: Core, address = ""): Promise<Picture | undefined> {
  const [mediaId] = namedPictures(address);
  return mediaId && (await picturesOf(core, [mediaId])).get(mediaId)?.picture;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** The ids of all pictures that a text names. */
export function namedPictures(markdown: string): MediaId[] {
  const ids = [...markdown.matchAll(reference)].map(([, mediaId]) => mediaId);
  return [...new Set(ids)].flatMap((mediaId) => idSchema("media").safeParse(mediaId).data ?? []);
}

interface Shown {
  readonly picture: Picture;
  readonly caption: string;
}

async function picturesOf(core: Core, mediaIds: readonly MediaId[]): Promise<Map<MediaId, Shown>> {
  const { data, unprocessed } = await media(core)
    .get(mediaIds.map((mediaId) => ({ mediaId })))
    .go({ concurrent: 2 });
  // The site keeps what it reads.
  if (unprocessed.length > 0) throw new AppError("unavailable");
  return new Map(
    data
      .filter(isInLibrary)
      .flatMap(({ mediaId, picture, caption }) =>
        picture ? [[mediaId, { picture: pictureOf(picture), caption }]] : [],
      ),
  );
}
