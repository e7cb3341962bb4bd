import { createConversions } from "electrodb";
import * as z from "zod";
import { hasRole } from "../actor.ts";
import { timestampSchema } from "../contract.ts";
import type { ActorCore } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { idSchema } from "../id.ts";
import { operation } from "../operation.ts";
import { type Post, posts } from "../post/post.entity.ts";
import { readSnapshots } from "../post/post.ts";
import { ruleSentence } from "../sentences.ts";
import { changeMedia, readMedia, removal, requireOwn } from "./change.ts";
import { isInLibrary, type LibraryRow } from "./library.ts";
import { type Media, mediaContract, quotaBytes, usePlaces } from "./media.contract.ts";
import { type MediaRow, media, mediaUsages, mediaUses } from "./media.entity.ts";
import { pictureOf } from "./picture.ts";

/** A search looks at so many of the newest pictures for each page that it answers. */
const searchedAtOnce = 200;

const placeInOwner = z.object({ createdAt: timestampSchema, mediaId: idSchema("media") });
const placeInMedia = z.object({ postId: idSchema("post"), place: z.enum(usePlaces) });

export const list = operation(mediaContract.list.input, async (core: ActorCore, { text, ...request }) => {
  const { accountId: ownerId } = core.actor;
  const { toCursor } = createConversions(media(core)).byAccessPattern.byOwner.fromComposite;
  const limit = text === undefined ? request.limit : searchedAtOnce;
  const page = await readPage(core, { ...request, limit }, placeInOwner, (after, atMost) => {
    const cursor = after ? toCursor({ ownerId, ...after }) : null;
    return media(core).query.byOwner({ ownerId }).go({ order: "desc", limit: atMost, cursor });
  });
  return {
    ...page,
    items: page.items
      .filter(isInLibrary)
      .filter((row) => holds(row, text))
      .map(mediaOf),
  };
});

function holds({ name, alt }: MediaRow, text = ""): boolean {
  return `${name}\n${alt}`.toLowerCase().includes(text.toLowerCase());
}

export const usage = operation(mediaContract.usage.input, async (core: ActorCore) => {
  const { accountId } = core.actor;
  const { data } = await mediaUsages(core).get({ accountId }).go({ consistent: true });
  return { bytes: data?.bytes ?? 0, count: data?.count ?? 0, quotaBytes };
});

export const readMany = operation(mediaContract.readMany.input, async (core: ActorCore, { mediaIds }) => {
  const { data } = await media(core)
    .get([...new Set(mediaIds)].map((mediaId) => ({ mediaId })))
    .go();
  const own = data.filter(isInLibrary).filter(({ ownerId }) => ownerId === core.actor.accountId);
  return { items: own.map(mediaOf) };
});

export const read = operation(
  mediaContract.read.input,
  async (core: ActorCore, { mediaId }): Promise<Media> =>
    mediaOf(requireOwn(core, await readMedia(core, mediaId))),
);

export const uses = operation(mediaContract.uses.input, async (core: ActorCore, { mediaId, ...request }) => {
  requireOwn(core, await readMedia(core, mediaId));
  const { toCursor } = createConversions(mediaUses(core)).byAccessPattern.byMedia.fromComposite;
  const page = await readPage(core, request, placeInMedia, (after, limit) => {
    const cursor = after ? toCursor({ mediaId, ...after }) : null;
    return mediaUses(core).query.byMedia({ mediaId }).go({ limit, cursor });
  });
  // A post may show it in several places, also on two pages of this answer.
  const postIds = [...new Set(page.items.map(({ postId }) => postId))];
  const [{ data, unprocessed }, published] = await Promise.all([
    posts(core)
      .get(postIds.map((postId) => ({ postId })))
      .go(),
    mediaUses(core)
      .get(postIds.map((postId) => ({ mediaId, postId, place: "published" as const })))
      .go(),
  ]);
  if (unprocessed.length > 0 || published.unprocessed.length > 0) throw new AppError("unavailable");
  const forReaders = new Set(published.data.map(({ postId }) => postId));
  const [own, others] = [data.filter(isOwn(core)), data.filter((post) => !isOwn(core)(post))];
  // Whoever copied the text of a page names its pictures in a draft of their own.
  const seen = await readSnapshots(
    core,
    others.flatMap(({ postId, lang, publishedSlug }) =>
      publishedSlug && forReaders.has(postId) ? [{ lang, slug: publishedSlug }] : [],
    ),
  );
  return {
    ...page,
    items: [
      ...own.map(({ postId, title, state }) => ({
        postId,
        title,
        isPublished: state === "published" && forReaders.has(postId),
      })),
      ...seen.map(({ postId, title }) => ({ postId, title, isPublished: true })),
    ],
  };
});

function isOwn({ actor }: ActorCore) {
  return ({ authorId }: Post) => authorId === actor.accountId || hasRole(actor, "admin");
}

export const update = operation(
  mediaContract.update.input,
  async (core: ActorCore, { mediaId, focus, crop, ...said }): Promise<Media> => {
    const changed = await changeMedia(core, mediaId, (found) => {
      const { focus: earlier, ...row } = requireOwn(core, found);
      const wanted = focus ?? (crop === "automatic" ? undefined : earlier);
      const moved = row.picture !== undefined && JSON.stringify(wanted) !== JSON.stringify(earlier);
      return {
        next: {
          ...row,
          ...definedOf(said),
          ...(wanted ? { focus: wanted } : {}),
          // An upload that is under way will look at the point by itself.
          ...(moved && !row.upload ? { work: "crop" as const } : {}),
        },
        items: [],
      };
    });
    return mediaOf(requireOwn(core, changed));
  },
);

export const remove = operation(
  mediaContract.remove.input,
  async (core: ActorCore, { mediaId, evenIfUsed }) => {
    requireOwn(core, await readMedia(core, mediaId));
    if (!evenIfUsed) {
      const { data } = await mediaUses(core).query.byMedia({ mediaId }).go({ limit: 1 });
      if (data.length > 0)
        throw new AppError("conflict", { message: ruleSentence("media_used", core.locale) });
    }
    await changeMedia(core, mediaId, (found) => removal(core, requireOwn(core, found)));
    return {};
  },
);

/** A row as its author sees it. */
export function mediaOf(row: LibraryRow): Media {
  const { mediaId, name, alt, caption, state, refusal, focus, bytes, upload, createdAt, updatedAt } = row;
  return {
    mediaId,
    name,
    alt,
    caption,
    state,
    ...(refusal ? { refusal } : {}),
    ...(row.picture ? { picture: pictureOf(row.picture) } : {}),
    ...(focus ? { focus } : {}),
    bytes: bytes + (upload?.bytes ?? 0),
    createdAt,
    updatedAt,
  };
}

/** Leaves out what was not sent, so that it stays as it is. */
function definedOf<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: NonNullable<Fields[Name]>;
  };
}
