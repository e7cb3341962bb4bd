/**
 * One side of the bench in a process of its own, so that its memory can be told apart: what the worker
 * of the queue does with an upload, or a bare script that makes the same files. Asked by messages.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createCore } from "@haru/core/core";
import { accountIdOf } from "@haru/core/id";
import { readMedia } from "@haru/core/media/change";
import { beginParts } from "@haru/core/media/multipart-upload";
import { type ObjectCore, uploadKey } from "@haru/core/media/objects";
import { processUpload } from "@haru/core/media/process";
import { begin } from "@haru/core/media/upload";
import { maxFormBytes } from "@haru/core/media/upload.contract";
import { connectTable } from "@haru/core/table";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../../packages/local/src/credentials.ts";
import { makeBare } from "./bare.ts";

/** What the parent asks for: the files of the picture in this file. */
export interface Request {
  readonly file: string;
  /** Told in bytes behind the picture, so that no content is known already. */
  readonly round: number;
}

/** What became of it. */
export interface Answer {
  readonly milliseconds: number;
  /** Of all processors together. */
  readonly cpuMilliseconds: number;
  /** Highest so far. */
  readonly peakMb: number;
  /** SHA-256 of each file by `<kind>/<width>x<height>.<format>`. */
  readonly files: Readonly<Record<string, string>>;
}

/** Where the engines of the worker's side are. */
export interface Engines {
  readonly dynamodbUrl: string;
  readonly tableName: string;
  readonly s3Url: string;
  readonly bucket: string;
}

type Side = (original: Buffer) => Promise<{ run(): Promise<void>; files(): Promise<Answer["files"]> }>;

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const bare: Side = async (original) => {
  const made: Record<string, string> = {};
  return {
    run: () =>
      makeBare(original, ({ kind, width, height, format, bytes }) => {
        made[`${kind}/${width}x${height}.${format}`] = hashOf(bytes);
      }),
    files: async () => made,
  };
};

function worker({ dynamodbUrl, tableName, s3Url, bucket }: Engines): Side {
  const region = "us-east-1";
  const credentials = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY };
  const table = connectTable(tableName, new DynamoDBClient({ endpoint: dynamodbUrl, region, credentials }));
  const client = new S3Client({
    endpoint: s3Url,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  const actor = {
    accountId: accountIdOf("00000000-0000-4000-8000-000000000001"),
    roles: ["author"],
  } as const;
  const core = Object.assign(createCore({ table, locale: "ko", actor }), {
    objects: { bucket, client },
  } satisfies Pick<ObjectCore, "objects">);
  return async (original) => {
    const sent = { name: "bench.jpg", alt: "", contentType: "image/jpeg" as const, bytes: original.length };
    const begun = original.length > maxFormBytes ? await beginParts(core, sent) : await begin(core, sent);
    const { mediaId } = begun.media;
    const { upload } = (await readMedia(core, mediaId)) ?? {};
    if (!upload) throw new Error("The upload was not begun.");
    const Key = uploadKey(mediaId, upload.pictureId);
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: original }));
    const folder = `media/${Key.split("/").at(-1)}/`;
    return {
      async run() {
        const outcome = await processUpload(core, Key);
        if (outcome !== "ready") throw new Error(`The picture became ${outcome}.`);
      },
      async files() {
        const { Contents = [] } = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: folder }),
        );
        const files: Record<string, string> = {};
        for (const { Key: key = "" } of Contents) {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
          const name = key.slice(folder.length).replace(/-\w+(?=\.)/, "");
          files[name] = hashOf((await Body?.transformToByteArray()) ?? new Uint8Array());
        }
        return files;
      },
    };
  };
}

const [, , name, engines = "{}"] = process.argv;
const side = name === "worker" ? worker(JSON.parse(engines) as Engines) : bare;

process.on("message", async ({ file, round }: Request) => {
  const original = Buffer.concat([await readFile(file), Buffer.from(`${round}`)]);
  const { run, files } = await side(original);
  const cpu = process.cpuUsage();
  const from = performance.now();
  await run();
  const milliseconds = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  const peakMb = process.resourceUsage().maxRSS / 1000;
  const answer: Answer = {
    milliseconds,
    cpuMilliseconds: (user + system) / 1000,
    peakMb,
    files: await files(),
  };
  process.send?.(answer);
});
