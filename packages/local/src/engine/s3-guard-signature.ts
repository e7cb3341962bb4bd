import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What a signature covers, see "Authenticating Requests (AWS Signature Version 4)" of the S3 API reference. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as they are on the wire. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the body, `UNSIGNED-PAYLOAD` or one of the streaming values. */
  readonly payloadHash: string;
}

export interface Scope {
  /** `20261121` */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const ALGORITHM = "AWS4-HMAC-SHA256";

/** Hex signature of a request. `time` is the basic ISO form, `20261121T093000Z`. */
export function signatureOf(request: SignedRequest, secret: string, time: string, scope: Scope): string {
  const canonicalRequest = [
    request.method,
    canonicalPath(request.target),
    canonicalQuery(request.target),
    ...request.signedHeaders.map((name) => `${name}:${canonicalValue(request.headers[name])}`),
    "",
    request.signedHeaders.join(";"),
    request.payloadHash,
  ].join("\n");
  const hash = createHash("sha256").update(canonicalRequest).digest("hex");
  return signText([ALGORITHM, time, scopeText(scope), hash].join("\n"), secret, scope);
}

/** Hex signature of a text with the key of a scope; POST policies are signed like this, as base64. */
export function signText(text: string, secret: string, scope: Scope): string {
  const key = [scope.day, scope.region, scope.service, "aws4_request"].reduce<Buffer | string>(
    (derived, part) => hmac(derived, part),
    `AWS4${secret}`,
  );
  return hmac(key, text).toString("hex");
}

/** The headers that make a bodyless request a signed one. */
export function signHeaders(
  request: { readonly method: string; readonly target: string; readonly host: string },
  credential: Credential,
  region: string,
): Record<string, string> {
  const time = basicTime(new Date());
  const scope: Scope = { day: time.slice(0, 8), region, service: "s3" };
  const payloadHash = "UNSIGNED-PAYLOAD";
  const headers = { host: request.host, "x-amz-content-sha256": payloadHash, "x-amz-date": time };
  const signedHeaders = Object.keys(headers);
  const { method, target } = request;
  const signature = signatureOf(
    { method, target, headers, signedHeaders, payloadHash },
    credential.secretAccessKey,
    time,
    scope,
  );
  const authorization = [
    `${ALGORITHM} Credential=${credential.accessKeyId}/${scopeText(scope)}`,
    `SignedHeaders=${signedHeaders.join(";")}`,
    `Signature=${signature}`,
  ].join(", ");
  return { ...headers, authorization };
}

/** Compares in constant time. */
export function isSameSignature(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** `20261121T093000Z` */
export function basicTime(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
}

/** The instant of a basic ISO time; undefined for anything else. */
export function parseBasicTime(time: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Encodes everything but unreserved characters, as AWS does. */
export function awsEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** @throws URIError when the target is no valid percent-encoding */
function canonicalPath(target: string): string {
  const path = target.split("?", 1)[0] ?? "/";
  return path
    .split("/")
    .map((segment) => awsEncode(decodeURIComponent(segment)))
    .join("/");
}

/** Without the signature itself. */
function canonicalQuery(target: string): string {
  const at = target.indexOf("?");
  if (at === -1) return "";
  return target
    .slice(at + 1)
    .split("&")
    .filter((part) => part !== "" && !part.startsWith("X-Amz-Signature="))
    .map((part) => {
      const [name = "", ...rest] = part.split("=");
      return [decode(name), decode(rest.join("="))] as const;
    })
    .map(([name, value]) => `${awsEncode(name)}=${awsEncode(value)}`)
    .sort()
    .join("&");
}

function decode(part: string): string {
  return decodeURIComponent(part.replaceAll("+", " "));
}

function canonicalValue(value: string | string[] | undefined): string {
  return [value ?? ""]
    .flat()
    .map((one) => one.trim().replaceAll(/ +/g, " "))
    .join(",");
}

function scopeText({ day, region, service }: Scope): string {
  return `${day}/${region}/${service}/aws4_request`;
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
