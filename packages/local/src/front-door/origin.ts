import type { Readable } from "node:stream";

export type Headers = Readonly<Record<string, string | string[]>>;

/** A request on its way from the front door to where its answer comes from. */
export interface OriginRequest {
  readonly method: string;
  /** Encoded, with the origin's own path in front. */
  readonly path: string;
  readonly rawQueryString: string;
  /** Names in lower case; nothing that belongs to the viewer's connection. */
  readonly headers: Headers;
  /** The viewer's body while it comes in; `undefined` when there is none. */
  readonly body: Readable | undefined;
  /** How long the origin may take to begin its answer. */
  readonly timeoutMs: number;
  /** Fires when the viewer has gone. */
  readonly signal: AbortSignal;
}

export interface OriginResponse {
  readonly statusCode: number;
  readonly statusText?: string;
  readonly headers: Headers;
  readonly body: Readable | Buffer | string;
}

/** Where answers come from: a bucket, a function's address, an HTTP API, a site or any other server. */
export type Origin = (request: OriginRequest) => Promise<OriginResponse>;

/** No answer came from the origin. The message says why, for the page that the viewer gets. */
export class OriginError extends Error {
  override readonly name = "OriginError";
  readonly statusCode: 400 | 403 | 413 | 429 | 502 | 503 | 504;

  constructor(statusCode: OriginError["statusCode"], message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}
