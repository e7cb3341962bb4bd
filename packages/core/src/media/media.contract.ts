import * as z from "zod";
import { defineContract, pageInput, pageOf, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { plainText } from "../text.ts";
import { avatarSchema, pictureSchema } from "./picture.contract.ts";
import {
  fileFields,
  largeFileFields,
  maxFormBytes,
  missingPartsSchema,
  multipartSchema,
  partLimits,
  refusals,
  uploadFormSchema,
  uploadLimits,
} from "./upload.contract.ts";
import { watermarkFields, watermarkSettingSchema } from "./watermark.contract.ts";

/** Of all originals of one account together, with those that are on their way. */
export const quotaBytes = 2_000_000_000;

/** `waiting` for the bytes, `processing` them, `ready`, or `refused` for a reason. */
export const mediaStates = ["waiting", "processing", "ready", "refused"] as const;

/** Where a post shows a picture: in its draft's text, as its draft's cover, or in what readers see of it. */
export const usePlaces = ["text", "cover", "published"] as const;
export type UsePlace = (typeof usePlaces)[number];

/** How far the actor's own avatar is. An earlier one stays until a new one is ready. */
const avatarStateSchema = z
  .strictObject({
    state: z.enum(["none", ...mediaStates]),
    refusal: z.enum(refusals).optional(),
    avatar: avatarSchema.optional(),
  })
  .meta({ id: "AvatarState" });
export type AvatarState = z.output<typeof avatarStateSchema>;

/** The point that must stay in sight when a picture is cropped, as shares of width and height. */
export const focusSchema = z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) });
export type Focus = z.output<typeof focusSchema>;

export const mediaSchema = z
  .strictObject({
    mediaId: idSchema("media"),
    name: z.string(),
    alt: z.string(),
    caption: z.string(),
    state: z.enum(mediaStates),
    /** Of the last upload, when it was refused. An earlier picture stays. */
    refusal: z.enum(refusals).optional(),
    picture: pictureSchema.optional(),
    /** Absent: what draws the eye is kept in sight. */
    focus: focusSchema.optional(),
    /** Of the original, counted against the quota together with an upload that is under way. */
    bytes: z.number().int(),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
  })
  .meta({ id: "Media" });
export type Media = z.output<typeof mediaSchema>;
export type MediaState = Media["state"];

const begunSchema = z.strictObject({ media: mediaSchema, upload: uploadFormSchema }).meta({ id: "Upload" });
export type Begun = z.output<typeof begunSchema>;

const begunInPartsSchema = z
  .strictObject({ media: mediaSchema, upload: multipartSchema })
  .meta({ id: "MultipartUpload" });
export type BegunInParts = z.output<typeof begunInPartsSchema>;

const mediaId = idSchema("media");
const multipartAddress = { mediaId, uploadId: idSchema("picture") };

/** How many pictures one request may ask about. */
export const maxPicturesAtOnce = 50;

export const mediaContract = defineContract({
  begin: {
    method: "POST",
    path: "/media/uploads",
    auth: "author",
    summary: "Reserves room for one file and answers with the form to upload it by, good for five minutes.",
    input: z.strictObject({ ...fileFields, alt: plainText({ max: 500 }).default("") }),
    output: begunSchema,
    status: 201,
    errors: ["unprocessable", "conflict", "idempotency_mismatch"],
    idempotent: true,
    limits: uploadLimits,
  },
  replace: {
    method: "POST",
    path: "/media/{mediaId}/uploads",
    auth: "author",
    summary:
      "Uploads another file in place of a picture. The newest upload wins; until it is ready the old picture stays.",
    input: z.strictObject({ mediaId, ...fileFields }),
    output: begunSchema,
    status: 201,
    errors: ["not_found", "unprocessable", "conflict"],
    limits: uploadLimits,
  },
  beginParts: {
    method: "POST",
    path: "/media/multipart-uploads",
    auth: "author",
    summary: `Reserves room for one file of more than ${maxFormBytes} bytes, which is sent in parts within a day.`,
    input: z.strictObject({ ...largeFileFields, alt: plainText({ max: 500 }).default("") }),
    output: begunInPartsSchema,
    status: 201,
    errors: ["unprocessable", "conflict", "idempotency_mismatch"],
    idempotent: true,
    limits: uploadLimits,
  },
  replaceParts: {
    method: "POST",
    path: "/media/{mediaId}/multipart-uploads",
    auth: "author",
    summary: `As replace, for a file of more than ${maxFormBytes} bytes, which is sent in parts within a day.`,
    input: z.strictObject({ mediaId, ...largeFileFields }),
    output: begunInPartsSchema,
    status: 201,
    errors: ["not_found", "unprocessable", "conflict"],
    limits: uploadLimits,
  },
  missingParts: {
    method: "GET",
    path: "/media/{mediaId}/multipart-uploads/{uploadId}",
    auth: "author",
    summary:
      "The parts that have not arrived yet, each with an address to send it to, good for five minutes.",
    input: z.strictObject(multipartAddress),
    output: missingPartsSchema,
    errors: ["not_found"],
    limits: partLimits,
  },
  completeParts: {
    method: "POST",
    path: "/media/{mediaId}/multipart-uploads/{uploadId}/completion",
    auth: "author",
    summary: "Puts all parts together, once each has arrived. Doing so twice changes nothing.",
    input: z.strictObject(multipartAddress),
    output: mediaSchema,
    errors: ["not_found", "conflict"],
    limits: partLimits,
  },
  abortParts: {
    method: "DELETE",
    path: "/media/{mediaId}/multipart-uploads/{uploadId}",
    auth: "author",
    summary:
      "Ends an upload, deletes what was sent and gives its room back. A picture that was to be replaced stays.",
    input: z.strictObject(multipartAddress),
    output: z.strictObject({}),
    errors: ["not_found", "conflict"],
    limits: partLimits,
  },
  list: {
    method: "GET",
    path: "/media",
    auth: "author",
    summary:
      "The author's pictures, newest first. With `text`, those whose name or description holds it; a page of a search may be short and still have a next one.",
    input: z.strictObject({ text: plainText({ max: 100 }).optional(), ...pageInput }),
    output: pageOf(mediaSchema),
    errors: [],
  },
  usage: {
    method: "GET",
    path: "/media/usage",
    auth: "author",
    summary: "How much room the author's originals take.",
    input: z.strictObject({}),
    output: z.strictObject({
      bytes: z.number().int(),
      quotaBytes: z.number().int(),
      count: z.number().int(),
    }),
    errors: [],
  },
  readMany: {
    method: "GET",
    path: "/media/several",
    auth: "author",
    summary:
      "Several of the author's pictures by id, separated by commas; those that are missing are left out.",
    input: z.strictObject({
      mediaIds: z
        .string()
        .transform((text) => text.split(","))
        .pipe(z.array(mediaId).min(1).max(maxPicturesAtOnce)),
    }),
    output: z.strictObject({ items: z.array(mediaSchema) }),
    errors: [],
  },
  read: {
    method: "GET",
    path: "/media/{mediaId}",
    auth: "author",
    summary: "One of the author's pictures.",
    input: z.strictObject({ mediaId }),
    output: mediaSchema,
    errors: ["not_found"],
  },
  uses: {
    method: "GET",
    path: "/media/{mediaId}/uses",
    auth: "author",
    summary: "The posts that show a picture.",
    input: z.strictObject({ mediaId, ...pageInput }),
    output: pageOf(
      z.strictObject({
        postId: idSchema("post"),
        title: z.string(),
        /** Readers see it there. */
        isPublished: z.boolean(),
      }),
    ),
    errors: ["not_found"],
  },
  update: {
    method: "PATCH",
    path: "/media/{mediaId}",
    auth: "author",
    summary: "Changes what is said about a picture, or the point that crops keep in sight.",
    input: z.strictObject({
      mediaId,
      name: fileFields.name.optional(),
      alt: plainText({ max: 500 }).optional(),
      caption: plainText({ max: 500 }).optional(),
      focus: focusSchema.optional(),
      /** Takes the point away again. */
      crop: z.literal("automatic").optional(),
    }),
    output: mediaSchema,
    errors: ["not_found", "conflict"],
  },
  remove: {
    method: "DELETE",
    path: "/media/{mediaId}",
    auth: "author",
    summary: "Deletes a picture and its files. One that posts show is kept unless `evenIfUsed` is `yes`.",
    input: z.strictObject({ mediaId, evenIfUsed: z.literal("yes").optional() }),
    output: z.strictObject({}),
    errors: ["not_found", "conflict"],
  },
  beginAvatar: {
    method: "POST",
    path: "/profile/avatar/uploads",
    auth: "reader",
    summary:
      "Answers with the form to upload the actor's avatar by, good for five minutes. The newest upload wins.",
    input: z.strictObject({ contentType: fileFields.contentType, bytes: fileFields.bytes }),
    output: z.strictObject({ upload: uploadFormSchema }).meta({ id: "AvatarUpload" }),
    status: 201,
    errors: ["unprocessable", "conflict"],
    limits: [{ name: "avatar", per: "account", quota: 30, windowSeconds: 60 * 60 }],
  },
  readAvatar: {
    method: "GET",
    path: "/profile/avatar",
    auth: "reader",
    summary: "The actor's avatar, and how far one is that is on its way.",
    input: z.strictObject({}),
    output: avatarStateSchema,
    errors: [],
  },
  removeAvatar: {
    method: "DELETE",
    path: "/profile/avatar",
    auth: "reader",
    summary: "Deletes the actor's avatar with its files. Doing so twice changes nothing.",
    input: z.strictObject({}),
    output: avatarStateSchema,
    errors: ["conflict"],
  },
  readWatermark: {
    method: "GET",
    path: "/media/watermark",
    auth: "author",
    summary: "What the site puts on full pictures.",
    input: z.strictObject({}),
    output: watermarkSettingSchema,
    errors: [],
  },
  changeWatermark: {
    method: "PUT",
    path: "/media/watermark",
    auth: "admin",
    summary: "Changes what the site puts on full pictures from now on.",
    input: z.strictObject(watermarkFields),
    output: watermarkSettingSchema,
    errors: [],
  },
});
