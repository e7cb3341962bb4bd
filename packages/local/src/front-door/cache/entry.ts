import { Readable } from "node:stream";
import type { Headers, OriginResponse } from "../origin.ts";
import type { Lifetime } from "./lifetime.ts";

/** Larger answers go through and are not kept, so that a few of them do not fill the memory. */
const MAXIMUM_OBJECT_BYTES = 16 * 1024 * 1024;

/** An answer in the cache. */
export interface Entry {
  /** Distribution and path, as an invalidation names them. */
  readonly distributionId: string;
  readonly path: string;
  readonly statusCode: number;
  readonly statusText: string | undefined;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Milliseconds since the epoch. */
  readonly keptAt: number;
  readonly lifetime: Lifetime;
}

/** Whether an answer may be read whole; one of unknown length is measured while it is read. */
export function isSmallEnough({ headers }: OriginResponse): boolean {
  return Number(headers["content-length"] ?? 0) <= MAXIMUM_OBJECT_BYTES;
}

export async function readBody(body: OriginResponse["body"]): Promise<Buffer> {
  if (!(body instanceof Readable)) return Buffer.from(body);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** What the origin is asked so that it may answer "not modified". */
export function conditionsOf({ headers }: Entry): Headers {
  return {
    ...(headers.etag === undefined ? {} : { "if-none-match": headers.etag }),
    ...(headers["last-modified"] === undefined ? {} : { "if-modified-since": headers["last-modified"] }),
  };
}

export function ageSeconds({ keptAt, headers }: Entry, now: number): number {
  return Math.max(0, Math.floor((now - keptAt) / 1000)) + (Number(headers.age ?? 0) || 0);
}

/**
 * The answer for a viewer: 304 when the viewer has it already.
 * @param source as `X-Cache` says it, for instance `Hit`
 */
export function answerFrom(entry: Entry, viewer: Headers, source: string, now: number): OriginResponse {
  const { body, statusCode, statusText } = entry;
  const age = ageSeconds(entry, now);
  const headers: Headers = {
    ...entry.headers,
    ...(age > 0 || source !== "Miss" ? { age: String(age) } : {}),
    "x-cache": `${source} from cloudfront`,
  };
  if (statusCode === 200 && isSame(entry, viewer)) {
    const { "content-length": _, "content-encoding": __, ...kept } = headers;
    return { statusCode: 304, headers: kept, body: "" };
  }
  return {
    statusCode,
    ...(statusText === undefined ? {} : { statusText }),
    headers: { ...headers, "content-length": String(body.length) },
    body,
  };
}

/** RFC 9110, section 13: `If-None-Match` counts before `If-Modified-Since`, and compares weakly. */
function isSame({ headers }: Entry, viewer: Headers): boolean {
  const wanted = viewer["if-none-match"];
  if (wanted !== undefined) {
    const tags = [wanted].flat().join(",").split(",");
    const own = opaque(String(headers.etag ?? ""));
    return tags.some((tag) => tag.trim() === "*" || (own !== "" && opaque(tag) === own));
  }
  const since = Date.parse(String(viewer["if-modified-since"] ?? ""));
  const changed = Date.parse(String(headers["last-modified"] ?? ""));
  return changed <= since;
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}
