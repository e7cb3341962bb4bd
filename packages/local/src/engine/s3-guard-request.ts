import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { REGION } from "../cloud.ts";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials.ts";
import { S3Refusal } from "./s3-guard-error.ts";
import { signHeaders } from "./s3-guard-signature.ts";

const ENGINE_CREDENTIAL = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY };
/** Parameters of a presigned address. They have done their work when the engine is asked. */
const SIGNING_PARAMETERS = new Set([
  "x-amz-algorithm",
  "x-amz-content-sha256",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-expires",
  "x-amz-security-token",
  "x-amz-signature",
  "x-amz-signedheaders",
]);

/**
 * Refuses keys that would leave their bucket, since the engine keeps objects
 * as files. S3 itself advises against such keys ("Object key naming guidelines").
 */
export function checkKey(key: string): void {
  if (key.includes("\0") || key.split("/").some((segment) => segment === "." || segment === "..")) {
    throw new S3Refusal(400, "InvalidArgument", "Keys with the segments . and .. cannot be used here.");
  }
}

/** @throws S3Refusal when the path is no valid percent-encoding or leaves its bucket */
export function parseTarget(target: string) {
  const [path = "/", query = ""] = target.split("?", 2);
  const [bucket = "", ...rest] = decode(path).slice(1).split("/");
  const key = rest.join("/");
  checkKey(`${bucket}/${key}`);
  return { bucket, key, query: new URLSearchParams(query) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError)
      throw new S3Refusal(400, "InvalidURI", "Couldn't parse the specified URI.");
    throw error;
  }
}

/** The action that a request without credentials asks for; `undefined` when nobody may grant it to all. */
export function anonymousAction(method: string, key: string): string | undefined {
  if (method === "GET" || method === "HEAD") return key === "" ? "s3:ListBucket" : "s3:GetObject";
  if (key === "") return undefined;
  return { PUT: "s3:PutObject", DELETE: "s3:DeleteObject" }[method];
}

export function isEmpty({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0;
}

/** Whether the body has the framing of `aws-chunked`. */
export function isChunked({ headers }: IncomingMessage): boolean {
  return String(headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-");
}

/**
 * What the engine is sent: the framing of `aws-chunked` is gone, and of the
 * signature only that there is one, since the engine asks for no more.
 */
export function engineHeaders(request: IncomingMessage, isAuthorized: boolean): OutgoingHttpHeaders {
  const { authorization: _, "x-amz-content-sha256": __, "x-amz-trailer": ___, ...headers } = request.headers;
  checkKey(decode(String(headers["x-amz-copy-source"] ?? "")));
  const signed = isAuthorized
    ? signHeaders({ method: "GET", target: "/", host: headers.host ?? "" }, ENGINE_CREDENTIAL, REGION)
    : {};
  if (!isChunked(request)) return { ...headers, ...signed };
  const { "x-amz-decoded-content-length": _length, "content-encoding": encoding, ...rest } = headers;
  const encodings = (encoding ?? "").split(",").map((one) => one.trim());
  const kept = encodings.filter((one) => one !== "" && one !== "aws-chunked").join(",");
  delete rest["transfer-encoding"];
  return {
    ...rest,
    ...signed,
    "content-length": decodedLength(request),
    ...(kept === "" ? {} : { "content-encoding": kept }),
  };
}

/** @throws S3Refusal when a body with the framing of `aws-chunked` does not say how long it is without */
export function decodedLength({ headers }: IncomingMessage): number {
  const length = headers["x-amz-decoded-content-length"];
  if (typeof length === "string" && /^\d+$/.test(length)) return Number(length);
  throw new S3Refusal(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
}

/** The target without the parameters of a presigned address. */
export function withoutSigning(target: string): string {
  const [path = "/", query] = target.split("?", 2);
  if (query === undefined) return target;
  const kept = query
    .split("&")
    .filter((part) => !SIGNING_PARAMETERS.has((part.split("=", 1)[0] ?? "").toLowerCase()));
  return kept.length === 0 ? path : `${path}?${kept.join("&")}`;
}
