import * as z from "zod";
import { idSchema } from "../id.ts";
import { plainText } from "../text.ts";

/** What people may upload. The bytes decide in the end, never the name or this header. */
export const acceptedTypes = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/avif",
  "image/gif",
  "image/heic",
] as const;

/** The largest file. */
export const maxUploadBytes = 100_000_000;
/** The largest that a form takes in one piece; what is larger goes in parts. */
export const maxFormBytes = 25_000_000;

/** Why a file does not become a picture. The site says each in the person's language and what to do. */
export const refusals = [
  "broken",
  "empty",
  "failed",
  "not_a_picture",
  "svg",
  "too_large",
  "too_long_side",
  "too_many_frames",
  "too_many_pixels",
  "too_slow",
] as const;
export type Refusal = (typeof refusals)[number];

/** What is said about a file of one piece before it comes. */
export const fileFields = {
  name: plainText({ min: 1, max: 200 }),
  contentType: z.enum(acceptedTypes),
  bytes: z.number().int().min(1).max(maxFormBytes),
};

/** The same of one that is sent in parts. */
export const largeFileFields = {
  ...fileFields,
  bytes: z
    .number()
    .int()
    .min(maxFormBytes + 1)
    .max(maxUploadBytes),
};

/** A form for the object store: these fields first and in any order, the file last, as `multipart/form-data`. */
export const uploadFormSchema = z.strictObject({ url: z.url(), fields: z.record(z.string(), z.string()) });

/** How a large file is sent. */
export const multipartSchema = z.strictObject({
  uploadId: idSchema("picture"),
  /** How many parts the file is sent in. */
  parts: z.number().int(),
  /** Of each part but the last one, which has the rest. */
  partBytes: z.number().int(),
});

export const missingPartsSchema = z
  .strictObject({
    parts: z.array(
      z.strictObject({
        number: z.number().int(),
        /** Exactly what its address takes, by `PUT`. */
        bytes: z.number().int(),
        url: z.url(),
      }),
    ),
    /** How long the addresses take the beginning of a part. */
    expiresInSeconds: z.number().int(),
  })
  .meta({ id: "MissingParts" });
export type MissingParts = z.output<typeof missingPartsSchema>;

/** A thousand at once is a person's whole album; more is no person. */
export const uploadLimits = [{ name: "upload", per: "account", quota: 1_200, windowSeconds: 60 }] as const;

/** Each large file takes a few requests beside its begin, and more after each lost connection. */
export const partLimits = [{ name: "uploadParts", per: "account", quota: 600, windowSeconds: 60 }] as const;
