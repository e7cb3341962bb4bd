import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Authority, readCredential, signatureDoesNotMatch } from "./s3-guard-authorize.ts";
import {
  checkPolicy,
  entityTooLarge,
  entityTooSmall,
  type LengthRange,
  lengthRange,
  parsePolicy,
} from "./s3-guard-conditions.ts";
import { accessDenied, S3Refusal } from "./s3-guard-error.ts";
import { boundaryOf, type FormPart, readParts } from "./s3-guard-form.ts";
import { checkKey } from "./s3-guard-request.ts";
import { ALGORITHM, isSameSignature, signText } from "./s3-guard-signature.ts";
import { intoFile } from "./s3-spool.ts";

/** "Form fields before the file must not exceed 20 KB" of the browser-based uploads' documentation. */
const MAXIMUM_FIELDS_BYTES = 20 * 1024;
/** Stands in a key for the name that the file has on the browser's machine. */
const FILE_NAME = /\$\{filename\}/g;
/** What the engine is told besides the key: everything else served the check only. */
const PASSED_ON = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-type",
  "expires",
  "redirect",
  "success_action_redirect",
  "success_action_status",
];

/** A checked form whose file lies on the disk, ready to be sent to the engine as a new form. */
export interface SpooledForm {
  readonly contentType: string;
  readonly contentLength: number;
  readonly body: Readable;
  /** Must be called in any case. */
  dispose(): Promise<void>;
}

/**
 * Checks a browser's upload ("Browser-based uploads using POST"): the policy's
 * signature, its expiry, every condition on every field, and the length of the
 * file while it comes in. Nothing of it reaches the engine before all holds.
 *
 * @param mayAnyoneWrite whether the bucket's policy lets anyone put that key
 * @throws S3Refusal with S3's code
 */
export async function checkPost(
  request: IncomingMessage,
  bucket: string,
  authority: Authority,
  mayAnyoneWrite: (key: string) => boolean,
): Promise<SpooledForm> {
  const boundary = boundaryOf(request.headers["content-type"] ?? "");
  const parts = readParts(request.iterator({ destroyOnReturn: false }), boundary);
  const spool = path.join(tmpdir(), `s3-upload-${randomUUID()}`);
  const dispose = () => rm(spool, { force: true });
  try {
    const { fields, file } = await readFields(parts);
    fillIn(fields, file, bucket);
    const range = checkFields(fields, authority, mayAnyoneWrite);
    // What a form may do is what the owner of its key may do, and no more.
    const accessKeyId = fields.get("x-amz-credential")?.split("/")[0];
    const target = `/${bucket}/${encodeURIComponent(fields.get("key") ?? "")}`;
    const denial = authority.denial(accessKeyId, { method: "PUT", target });
    if (denial) throw accessDenied(denial);
    const size = await spoolFile(file, spool, range);
    return { ...writeForm(fields, file, spool, size), dispose };
  } catch (error) {
    await dispose();
    throw error;
  } finally {
    await parts.return(undefined);
  }
}

/** Adds what S3 knows besides the fields: the bucket and the file's own name. */
function fillIn(fields: Map<string, string>, file: FormPart, bucket: string): void {
  const key = fields.get("key");
  if (!key) {
    throw new S3Refusal(
      400,
      "InvalidArgument",
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields",
      { ArgumentName: "key" },
    );
  }
  const filled = key.replaceAll(FILE_NAME, () => path.posix.basename(file.fileName ?? ""));
  checkKey(filled);
  fields.set("key", filled);
  fields.set("bucket", bucket);
}

async function readFields(parts: AsyncGenerator<FormPart>) {
  const fields = new Map<string, string>();
  let size = 0;
  for (;;) {
    // Not a loop over the parts, because leaving one would end the file's part as well.
    const next = await parts.next();
    if (next.done) {
      throw new S3Refusal(400, "InvalidArgument", "POST requires exactly one file upload per request.", {
        ArgumentName: "file",
        ArgumentValue: 0,
      });
    }
    const part = next.value;
    const name = part.name.toLowerCase();
    if (name === "file") return { fields, file: part };
    const chunks: Buffer[] = [];
    for await (const chunk of part.content) {
      size += chunk.length;
      if (size > MAXIMUM_FIELDS_BYTES) {
        throw new S3Refusal(
          400,
          "MaxPostPreDataLengthExceeded",
          "Your POST request fields preceding the upload file was too large.",
        );
      }
      chunks.push(chunk);
    }
    fields.set(name, Buffer.concat(chunks).toString("utf8"));
  }
}

/** Answers how large the file may be. */
function checkFields(
  fields: ReadonlyMap<string, string>,
  authority: Authority,
  mayAnyoneWrite: (key: string) => boolean,
): LengthRange {
  const policyText = fields.get("policy");
  if (policyText === undefined) {
    if (mayAnyoneWrite(fields.get("key") ?? "")) return { minimum: 0, maximum: Number.POSITIVE_INFINITY };
    throw accessDenied();
  }
  const [algorithm, credential, time, signature] = ["algorithm", "credential", "date", "signature"].map(
    (name) => fields.get(`x-amz-${name}`),
  );
  if (algorithm !== ALGORITHM || !credential || !time || !signature) {
    throw new S3Refusal(
      400,
      "InvalidArgument",
      "Bucket POST with a policy must contain the fields x-amz-algorithm, x-amz-credential, x-amz-date and x-amz-signature",
    );
  }
  const { secret, scope } = readCredential(credential, time, authority);
  if (!isSameSignature(signature, signText(policyText, secret, scope))) throw signatureDoesNotMatch();
  const policy = parsePolicy(policyText);
  checkPolicy(policy, fields, authority.now());
  return lengthRange(policy);
}

/** Writes the file aside and answers its size in bytes. */
async function spoolFile(file: FormPart, spool: string, range: LengthRange): Promise<number> {
  let size = 0;
  async function* measured() {
    for await (const chunk of file.content) {
      size += chunk.length;
      if (size > range.maximum) throw entityTooLarge(size, range);
      yield chunk;
    }
  }
  await pipeline(measured(), intoFile(spool));
  if (size < range.minimum) throw entityTooSmall(size, range);
  return size;
}

function writeForm(fields: ReadonlyMap<string, string>, file: FormPart, spool: string, size: number) {
  const boundary = randomUUID();
  const names = ["key", ...PASSED_ON, ...[...fields.keys()].filter((name) => name.startsWith("x-amz-meta-"))];
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head = Buffer.from(
    [
      ...names.flatMap((name) => {
        const value = fields.get(name);
        return value === undefined ? [] : [field(name, value)];
      }),
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n`,
      `Content-Type: ${file.contentType ?? "application/octet-stream"}\r\n\r\n`,
    ].join(""),
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* content() {
    yield head;
    yield* createReadStream(spool);
    yield tail;
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    contentLength: head.length + size + tail.length,
    body: Readable.from(content(), { objectMode: false }),
  };
}
