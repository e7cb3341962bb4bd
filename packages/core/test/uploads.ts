import { randomUUID } from "node:crypto";
import sharp from "sharp";
import type { ActorCore } from "../src/core.ts";
import type { Begun, Media } from "../src/media/media.contract.ts";
import { read } from "../src/media/media.ts";
import type { ObjectCore } from "../src/media/objects.ts";
import { processUpload } from "../src/media/process.ts";
import { begin } from "../src/media/upload.ts";

/** Somebody who uploads pictures. */
export type Author = ActorCore & ObjectCore;

/** A small picture like no other. */
export async function newPicture(size = { width: 320, height: 200 }): Promise<Buffer> {
  const picture = sharp({ create: { ...size, channels: 3, background: "#2563a0" } });
  const plain = await picture.jpeg().toBuffer();
  // What follows the end of a photo is no part of what it shows, and a part of its content.
  return Buffer.concat([plain, Buffer.from(randomUUID())]);
}

export const fileOf = (bytes: Buffer) => ({
  name: "봄.jpg",
  contentType: "image/jpeg" as const,
  bytes: bytes.length,
});

/** Where a begun upload arrives. */
export const keyOf = ({ upload }: Begun): string => upload.fields.key ?? "";

/** Sends the file of a picture; answers the status. */
export function send({ upload }: Begun, bytes: Buffer, contentType?: string): Promise<number> {
  return sendForm(upload, bytes, contentType);
}

/** Sends a file by a form; answers the status. */
export async function sendForm(
  { url, fields }: Begun["upload"],
  bytes: Buffer,
  contentType = fields["Content-Type"] ?? "",
): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    form.append(name, name === "Content-Type" ? contentType : value);
  form.append("file", new Blob([new Uint8Array(bytes)]));
  const response = await fetch(url, { method: "POST", body: form });
  return response.status;
}

/** Uploads a picture and makes its files. */
export async function uploadPicture(author: Author, bytes: Buffer): Promise<Media> {
  const begun = await begin(author, fileOf(bytes));
  const status = await send(begun, bytes);
  const outcome = status === 204 ? await processUpload(author, keyOf(begun)) : `status ${status}`;
  if (outcome !== "ready") throw new Error(`The upload ended as ${outcome}.`);
  return read(author, { mediaId: begun.media.mediaId });
}

/** The folder of a picture's files. */
export function folderOf({ picture }: Media): string {
  return picture?.full.split("/").slice(1, 3).join("/") ?? "";
}

/** The same core with a store that fails after so many files were written. */
export function failingAfter(author: Author, writes: number): Author {
  let written = 0;
  const client = new Proxy(author.objects.client, {
    get: (target, name) =>
      name === "send"
        ? (command: { readonly constructor: { readonly name: string } }) => {
            if (command.constructor.name === "PutObjectCommand" && ++written > writes)
              throw new Error("The power is gone.");
            return target.send(command as never);
          }
        : Reflect.get(target, name),
  });
  return { ...author, objects: { ...author.objects, client } };
}

/** The same core so much later, with a clock that goes on. */
export function after(author: Author, hours: number): Author {
  return { ...author, now: () => new Date(Date.now() + hours * 60 * 60 * 1000) };
}
