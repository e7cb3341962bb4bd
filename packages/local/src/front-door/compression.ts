import { Readable } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import type { Headers, OriginResponse } from "./origin.ts";

export type Encoding = "br" | "gzip";

// "Serve compressed files" of the CloudFront developer guide names the limits, the statuses and the types.
const MINIMUM_BYTES = 1_000;
const MAXIMUM_BYTES = 10_000_000;
const STATUSES = [200, 403, 404];
const TYPES = new Set([
  "application/dash+xml",
  "application/eot",
  "application/font",
  "application/font-sfnt",
  "application/javascript",
  "application/json",
  "application/opentype",
  "application/otf",
  "application/pdf",
  "application/pkcs7-mime",
  "application/protobuf",
  "application/rss+xml",
  "application/truetype",
  "application/ttf",
  "application/vnd.apple.mpegurl",
  "application/vnd.mapbox-vector-tile",
  "application/vnd.ms-fontobject",
  "application/wasm",
  "application/xhtml+xml",
  "application/xml",
  "application/x-font-opentype",
  "application/x-font-truetype",
  "application/x-font-ttf",
  "application/x-httpd-cgi",
  "application/x-javascript",
  "application/x-mpegurl",
  "application/x-opentype",
  "application/x-otf",
  "application/x-perl",
  "application/x-ttf",
  "font/eot",
  "font/opentype",
  "font/otf",
  "font/ttf",
  "image/svg+xml",
  "text/css",
  "text/csv",
  "text/html",
  "text/javascript",
  "text/js",
  "text/plain",
  "text/richtext",
  "text/tab-separated-values",
  "text/xml",
  "text/x-component",
  "text/x-java-source",
  "text/x-script",
  "vnd.apple.mpegurl",
]);
/** Answers are made while someone waits, so speed comes before the last percent. */
const BROTLI_QUALITY = 4;
const BROTLI_WINDOW_BITS = 18;

/** What the viewer takes and the behaviour makes, the preferred one first. */
export function acceptedEncodings(header: string | undefined, encodings: readonly Encoding[]): Encoding[] {
  const offered = (header ?? "")
    .split(",")
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !/;\s*q=0(\.0*)?$/.test(one))
    .map((one) => one.split(";", 1)[0]?.trim());
  return encodings.filter((encoding) => offered.includes(encoding));
}

/** Compresses an answer when CloudFront would. */
export function compress(
  response: OriginResponse,
  method: string,
  accepted: readonly Encoding[],
): OriginResponse {
  const [encoding] = accepted;
  if (!encoding || method === "HEAD" || !isCompressible(response)) return response;
  const { "content-length": length, ...headers } = response.headers;
  const compressor =
    encoding === "gzip"
      ? createGzip()
      : createBrotliCompress({
          params: {
            [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
            [constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW_BITS,
            [constants.BROTLI_PARAM_SIZE_HINT]: Number(length),
          },
        });
  const { body } = response;
  if (body instanceof Readable) {
    body.on("error", (error) => compressor.destroy(error));
    compressor.on("close", () => body.destroy());
    body.pipe(compressor);
  } else {
    compressor.end(body);
  }
  return {
    ...response,
    headers: {
      ...headers,
      ...weakened(headers.etag),
      "content-encoding": encoding,
      vary: addToVary(headers.vary),
    },
    body: compressor,
  };
}

function isCompressible({ statusCode, headers }: OriginResponse): boolean {
  const length = Number(headers["content-length"]);
  const type = String(headers["content-type"] ?? "")
    .split(";", 1)[0]
    ?.trim()
    .toLowerCase();
  return (
    STATUSES.includes(statusCode) &&
    headers["content-encoding"] === undefined &&
    length >= MINIMUM_BYTES &&
    length <= MAXIMUM_BYTES &&
    TYPES.has(type ?? "")
  );
}

/** The bytes are others, so a strong validator would lie. */
function weakened(etag: Headers[string] | undefined): Headers {
  if (etag === undefined) return {};
  const text = String(etag);
  return { etag: text.startsWith("W/") ? text : `W/${text}` };
}

function addToVary(vary: Headers[string] | undefined): string {
  const names = [vary ?? []].flat().join(", ");
  if (/(^|,)\s*(accept-encoding|\*)\s*(,|$)/i.test(names)) return names;
  return names === "" ? "accept-encoding" : `${names}, accept-encoding`;
}
