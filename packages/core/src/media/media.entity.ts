import { CustomAttributeType, Entity, type EntityItem } from "electrodb";
import {
  type AccountId,
  type AvatarId,
  isAvatarId,
  type MediaId,
  type PictureId,
  type PostId,
} from "../id.ts";
import { key, onTable, service } from "../table.ts";
import type { MadePicture } from "./image/made-picture.ts";
import { mediaStates, usePlaces } from "./media.contract.ts";
import { refusals } from "./upload.contract.ts";
import { watermarkPositions } from "./watermark.contract.ts";

/**
 * A picture as its owner knows it: a name, a description, and the files that were made of its newest
 * upload. An avatar goes the same way, and stands in no library.
 */
export const media = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "media", version: "1" },
        attributes: {
          mediaId: { type: CustomAttributeType<MediaId | AvatarId>("string"), required: true },
          ownerId: { type: CustomAttributeType<AccountId>("string"), required: true },
          name: { type: "string", required: true },
          alt: { type: "string", required: true },
          caption: { type: "string", required: true },
          state: { type: mediaStates, required: true },
          refusal: { type: refusals },
          focus: {
            type: "map",
            properties: { x: { type: "number", required: true }, y: { type: "number", required: true } },
          },
          /** Of the picture's original. */
          bytes: { type: "number", required: true },
          /** The newest upload until it is ready or refused. Results of any other are thrown away. */
          upload: {
            type: "map",
            properties: {
              pictureId: { type: CustomAttributeType<PictureId>("string"), required: true },
              contentType: { type: "string", required: true },
              bytes: { type: "number", required: true },
              /** S3's id of an upload in parts; absent for one by a form. */
              multipartId: { type: "string" },
            },
          },
          /** The last upload in parts whose completion was begun, so that completing it twice is no mistake. */
          completedUpload: { type: CustomAttributeType<PictureId>("string") },
          /** The picture's files, told by its content, and what pages need to know of them. */
          contentHash: { type: "string" },
          picture: { type: CustomAttributeType<MadePicture>("any") },
          /** Rises with every write: all writes lock on it. */
          version: { type: "number", required: true },
          /** There is work to do: what it is. Absent otherwise, and then the item is in no list of work. */
          work: { type: ["upload", "crop"] as const },
          createdAt: { type: "string", required: true },
          updatedAt: { type: "string", required: true },
        },
        indexes: {
          byId: { pk: key("pk", ["mediaId"]), sk: key("sk", []) },
          byOwner: {
            index: "gsi1",
            condition: ({ mediaId }) => !isAvatarId(String(mediaId)),
            pk: key("gsi1pk", ["ownerId"]),
            sk: key("gsi1sk", ["createdAt", "mediaId"]),
          },
          byContent: {
            index: "gsi2",
            pk: key("gsi2pk", ["contentHash"]),
            sk: key("gsi2sk", ["mediaId"]),
          },
          byWork: {
            index: "gsi3",
            pk: key("gsi3pk", ["work"]),
            sk: key("gsi3sk", ["updatedAt", "mediaId"]),
          },
        },
      },
      table,
    ),
);

export type MediaRow = EntityItem<ReturnType<typeof media>>;

/** One set of files for each content, however often it was uploaded. */
export const pictures = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "picture", version: "1" },
        attributes: {
          /** What files are made of and for, see `content-hash.ts`. */
          contentHash: { type: "string", required: true },
          made: { type: CustomAttributeType<MadePicture>("any"), required: true },
          /** How many media show it. The files go with the last one. */
          references: { type: "number", required: true },
          createdAt: { type: "string", required: true },
        },
        indexes: { byContent: { pk: key("pk", ["contentHash"]), sk: key("sk", []) } },
      },
      table,
    ),
);

export type PictureRow = EntityItem<ReturnType<typeof pictures>>;

/** What an account's originals take, changed in the transactions that change them. */
export const mediaUsages = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "mediaUsage", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          bytes: { type: "number", required: true },
          count: { type: "number", required: true },
        },
        indexes: { byAccount: { pk: key("pk", ["accountId"]), sk: key("sk", []) } },
      },
      table,
    ),
);

/** A post that shows a picture, and where it does, kept from the table's stream of posts' changes. */
export const mediaUses = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "mediaUse", version: "1" },
        attributes: {
          mediaId: { type: CustomAttributeType<MediaId>("string"), required: true },
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          place: { type: usePlaces, required: true },
        },
        indexes: { byMedia: { pk: key("pk", ["mediaId"]), sk: key("sk", ["postId", "place"]) } },
      },
      table,
    ),
);

/** Files that nothing shows any more. The row goes when they are gone. */
export const mediaGarbage = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "mediaGarbage", version: "1" },
        attributes: {
          /** Objects whose keys begin with it. */
          prefix: { type: "string", required: true },
          /** S3's id of an upload in parts to that key, which ends with them. */
          multipartId: { type: "string" },
          /** When they may go: pages that were kept may ask for some a while longer. */
          dueAt: { type: "string", required: true },
        },
        indexes: { byAge: { pk: key("pk", []), sk: key("sk", ["dueAt", "prefix"]) } },
      },
      table,
    ),
);

/** What the site puts on full pictures: one row. */
export const watermarkSettings = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "watermarkSetting", version: "1" },
        attributes: {
          isOn: { type: "boolean", required: true },
          position: { type: watermarkPositions, required: true },
          opacity: { type: "number", required: true },
        },
        indexes: { ofSite: { pk: key("pk", []), sk: key("sk", []) } },
      },
      table,
    ),
);
