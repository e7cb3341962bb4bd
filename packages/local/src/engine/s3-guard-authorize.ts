import type { IncomingHttpHeaders } from "node:http";
import { accessDenied, S3Refusal } from "./s3-guard-error.ts";
import { ALGORITHM, isSameSignature, parseBasicTime, type Scope, signatureOf } from "./s3-guard-signature.ts";

export interface AuthorizedRequest {
  /** Hex SHA-256 that the body must have; `undefined` when the signature does not cover the body. */
  readonly bodyHash: string | undefined;
}

export interface Authorization {
  readonly method: string;
  /** Path and query as they are on the wire. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** What is needed to check a signature. */
export interface Authority {
  readonly region: string;
  /** `undefined` for an unknown access key. */
  secretOf(accessKeyId: string): string | undefined;
  /** What the owner of a key is told when its policies do not allow a request; `undefined` when they do. */
  denial(
    accessKeyId: string | undefined,
    request: { method: string; target: string; body?: string },
  ): string | undefined;
  now(): Date;
}

const MAXIMUM_SKEW_MS = 15 * 60 * 1000;
/** A week, the longest that a presigned address may live. */
const MAXIMUM_EXPIRES_SECONDS = 604_800;

/**
 * Checks the signature of a request ("Authenticating Requests (AWS Signature
 * Version 4)": in the Authorization header, or in the query of a presigned
 * address).
 * @returns undefined for a request that brings no credentials at all
 * @throws S3Refusal with S3's code for everything that does not hold
 */
export function authorize(request: Authorization, authority: Authority): AuthorizedRequest | undefined {
  const query = new URLSearchParams(request.target.split("?")[1] ?? "");
  const { authorization } = request.headers;
  const isPresigned = query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature");
  if (isPresigned && authorization !== undefined) {
    throw new S3Refusal(400, "InvalidArgument", "Only one auth mechanism allowed");
  }
  if (query.has("AWSAccessKeyId") || (authorization !== undefined && !authorization.startsWith(ALGORITHM))) {
    throw new S3Refusal(
      400,
      "InvalidRequest",
      "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    );
  }
  if (isPresigned) return checkPresigned(request, query, authority);
  if (authorization !== undefined) return checkHeader(request, authorization, authority);
  return undefined;
}

function checkHeader(request: Authorization, authorization: string, authority: Authority): AuthorizedRequest {
  const { credential, signedHeaders, signature } = parseAuthorization(authorization);
  const time = request.headers["x-amz-date"];
  const at = typeof time === "string" ? parseBasicTime(time) : undefined;
  if (typeof time !== "string" || !at) {
    throw accessDenied("AWS authentication requires a valid Date or x-amz-date header");
  }
  if (Math.abs(authority.now().getTime() - at.getTime()) > MAXIMUM_SKEW_MS) {
    throw new S3Refusal(
      403,
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      { RequestTime: time, ServerTime: authority.now().toISOString() },
    );
  }
  const payloadHash = request.headers["x-amz-content-sha256"];
  if (typeof payloadHash !== "string") {
    throw new S3Refusal(
      400,
      "InvalidRequest",
      "Missing required header for this request: x-amz-content-sha256",
    );
  }
  checkSignature(request, { credential, signedHeaders, signature, time, payloadHash }, authority);
  return { bodyHash: bodyHash(payloadHash) };
}

function checkPresigned(
  request: Authorization,
  query: URLSearchParams,
  authority: Authority,
): AuthorizedRequest {
  const malformed = (message: string) => new S3Refusal(400, "AuthorizationQueryParametersError", message);
  const read = (name: string) => {
    const value = query.get(`X-Amz-${name}`);
    if (value === null || value === "") {
      throw malformed(
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, " +
          "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
      );
    }
    return value;
  };
  if (read("Algorithm") !== ALGORITHM) throw malformed(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const time = read("Date");
  const at = parseBasicTime(time);
  if (!at) throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  const expires = Number(read("Expires"));
  if (!Number.isInteger(expires) || expires < 1 || expires > MAXIMUM_EXPIRES_SECONDS) {
    throw malformed(`X-Amz-Expires must be between 1 and ${MAXIMUM_EXPIRES_SECONDS} seconds`);
  }
  const payloadHash =
    query.get("X-Amz-Content-Sha256") ??
    [request.headers["x-amz-content-sha256"]].flat()[0] ??
    "UNSIGNED-PAYLOAD";
  checkSignature(
    request,
    {
      credential: read("Credential"),
      signedHeaders: read("SignedHeaders").split(";"),
      signature: read("Signature"),
      time,
      payloadHash,
    },
    authority,
  );
  const now = authority.now().getTime();
  if (now < at.getTime() - MAXIMUM_SKEW_MS) throw accessDenied("Request is not yet valid");
  if (now > at.getTime() + expires * 1000) throw accessDenied("Request has expired");
  return { bodyHash: bodyHash(payloadHash) };
}

interface Claim {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly time: string;
  readonly payloadHash: string;
}

function checkSignature(request: Authorization, claim: Claim, authority: Authority): void {
  const { secret, scope } = readCredential(claim.credential, claim.time, authority);
  const { signedHeaders, time, payloadHash } = claim;
  const unsigned = Object.keys(request.headers).filter(
    (name) =>
      (name === "host" || (name.startsWith("x-amz-") && name !== "x-amz-content-sha256")) &&
      !signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    throw new S3Refusal(
      403,
      "AccessDenied",
      "There were headers present in the request which were not signed",
      { HeadersNotSigned: unsigned.join(", ") },
    );
  }
  const { method, target, headers } = request;
  const wanted = signatureOf({ method, target, headers, signedHeaders, payloadHash }, secret, time, scope);
  if (!isSameSignature(claim.signature, wanted)) throw signatureDoesNotMatch();
}

export function signatureDoesNotMatch(): S3Refusal {
  return new S3Refusal(
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  );
}

/**
 * Takes a credential apart: `<key>/<day>/<region>/s3/aws4_request`.
 * @throws S3Refusal when the key is unknown or the scope is not this day's and this store's
 */
export function readCredential(
  credential: string,
  time: string,
  authority: Authority,
): { readonly secret: string; readonly scope: Scope } {
  const [accessKeyId = "", day = "", region = "", service = "", ending = "", ...rest] = credential.split("/");
  const secret = authority.secretOf(accessKeyId);
  if (secret === undefined) {
    throw new S3Refusal(
      403,
      "InvalidAccessKeyId",
      "The AWS Access Key Id you provided does not exist in our records.",
      { AWSAccessKeyId: accessKeyId },
    );
  }
  const isScope =
    day === time.slice(0, 8) && service === "s3" && ending === "aws4_request" && rest.length === 0;
  if (!isScope || region !== authority.region) {
    throw new S3Refusal(
      400,
      "AuthorizationHeaderMalformed",
      `The credential's scope is wrong; expecting '${time.slice(0, 8)}/${authority.region}/s3/aws4_request'`,
    );
  }
  return { secret, scope: { day, region, service } };
}

function parseAuthorization(authorization: string) {
  const parts = new Map(
    authorization
      .slice(ALGORITHM.length)
      .split(",")
      .map((part) => {
        const [name = "", ...value] = part.trim().split("=");
        return [name, value.join("=")];
      }),
  );
  const [credential, signedHeaders, signature] = ["Credential", "SignedHeaders", "Signature"].map((name) =>
    parts.get(name),
  );
  if (!credential || !signedHeaders || !signature) {
    throw new S3Refusal(
      400,
      "AuthorizationHeaderMalformed",
      "The authorization header is malformed; it requires three components: Credential, SignedHeaders, and Signature.",
    );
  }
  return { credential, signedHeaders: signedHeaders.split(";"), signature };
}

function bodyHash(payloadHash: string): string | undefined {
  return /^[0-9a-f]{64}$/.test(payloadHash) ? payloadHash : undefined;
}
