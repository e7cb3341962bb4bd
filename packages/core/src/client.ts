import type * as z from "zod";
import { type Contract, type OutputOf, pathParameters, type Route } from "./contract.ts";
import {
  type ErrorCode,
  errorBodySchema,
  errorCodes,
  errorMessage,
  errorStatus,
  type FieldErrors,
} from "./errors.ts";
import type { Locale } from "./locale.ts";
import { newTraceparent } from "./trace.ts";

export interface ClientOptions {
  /** Address that the paths of the contract are appended to, for instance `/api` or `https://example.com/api`. */
  readonly baseUrl: string;
  /** The language of messages. */
  readonly locale: Locale;
  /** An access token of the user pool. Calls are anonymous without it. */
  readonly token?: string | undefined;
  /** Sent with every call beside the client's own headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces the platform's `fetch`, for instance to say how long an answer may be cached. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /**
   * Names what the person did, for routes that take an `Idempotency-Key`. Keep it over a
   * reload or a second click to be safe there too; absent, each call gets its own.
   */
  readonly idempotencyKey?: string;
  /** The `seq` of the state that the change is meant for, for routes that take `If-Match`. */
  readonly ifMatch?: number;
}

type Call<R extends Route> = (input: z.input<R["input"]>, options?: CallOptions) => Promise<OutputOf<R>>;

/** `client.post.read({ lang, slug })` for each noun and verb of the contracts. */
export type Client<Contracts extends Readonly<Record<string, Contract>>> = {
  readonly [Noun in keyof Contracts]: {
    readonly [Verb in keyof Contracts[Noun]]: Call<Contracts[Noun][Verb]>;
  };
};

/** Any call that did not succeed. `message` is a sentence for the person. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;
  /** HTTP status, absent when no answer came. */
  readonly status: number | undefined;
  readonly fields: FieldErrors | undefined;
  /** What the person can quote and an operator can search the logs for. */
  readonly requestId: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: {
      status?: number;
      fields?: FieldErrors | undefined;
      requestId?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.fields = details.fields;
    this.requestId = details.requestId;
  }
}

const attempts = 3;
const firstDelayMilliseconds = 200;
/** Beyond this a person wants to decide; below it the server's `Retry-After` is kept. */
const longestDelayMilliseconds = 5_000;
/** The gateway gives up after 30 s, so that no answer can come later. */
const attemptTimeoutMilliseconds = 31_000;

/**
 * The typed client of the API, for browsers and servers. Output is parsed on arrival.
 * Network failures and 503 are retried where a second call cannot do a thing twice.
 * Every call rejects with an `ApiError`, or with the reason of the caller's own signal.
 */
export function createClient<const Contracts extends Readonly<Record<string, Contract>>>(
  contracts: Contracts,
  options: ClientOptions,
): Client<Contracts> {
  const nouns = Object.entries(contracts).map(([noun, contract]) => {
    const verbs = Object.entries(contract).map(([verb, route]) => [verb, callOf(route, options)]);
    return [noun, Object.fromEntries(verbs)];
  });
  return Object.fromEntries(nouns) as Client<Contracts>;
}

function callOf(route: Route, client: ClientOptions): Call<Route> {
  return async (input, options = {}) => {
    const { url, body } = addressOf(route, input, client);
    const headers: Record<string, string> = {
      traceparent: newTraceparent(),
      ...client.headers,
      accept: "application/json",
      "accept-language": client.locale,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(client.token ? { authorization: `Bearer ${client.token}` } : {}),
      ...(options.ifMatch === undefined ? {} : { "if-match": `"${options.ifMatch}"` }),
      ...(route.idempotent ? { "idempotency-key": options.idempotencyKey ?? crypto.randomUUID() } : {}),
    };
    const send = () => {
      const timeout = AbortSignal.timeout(attemptTimeoutMilliseconds);
      const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
      const init = { method: route.method, headers, signal, ...(body === undefined ? {} : { body }) };
      return (client.fetch ?? fetch)(url, init);
    };
    const repeatable = route.method !== "POST" || route.idempotent === true;
    for (let attempt = 1; ; attempt++) {
      const mayRetry = repeatable && attempt < attempts;
      let retryAfterMilliseconds = 0;
      try {
        const response = await send();
        const text = await response.text();
        if (response.ok) return readOutput(route, text, response, client.locale);
        if (response.status !== 503 || !mayRetry) throw readError(text, response, client.locale);
        retryAfterMilliseconds = Number(response.headers.get("retry-after") ?? 0) * 1000 || 0;
      } catch (error) {
        options.signal?.throwIfAborted();
        if (error instanceof ApiError) throw error;
        if (!mayRetry)
          throw new ApiError("unavailable", errorMessage("unavailable", client.locale), { cause: error });
      }
      const backoffMilliseconds = firstDelayMilliseconds * 2 ** (attempt - 1) * (0.5 + Math.random());
      await delay(Math.min(Math.max(retryAfterMilliseconds, backoffMilliseconds), longestDelayMilliseconds));
      options.signal?.throwIfAborted();
    }
  };
}

/** Splits an input into path, query and body as the contract says. */
function addressOf(route: Route, input: Record<string, unknown>, { baseUrl, locale }: ClientOptions) {
  const inPath = pathParameters(route.path);
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const segment = encodeURIComponent(String(input[name]));
    // A URL drops these segments even when they are encoded, and would name another route.
    if (segment === "" || segment === "." || segment === "..")
      throw new ApiError("not_found", errorMessage("not_found", locale), {});
    return segment;
  });
  const rest = Object.entries(input).filter(([name, value]) => !inPath.includes(name) && value !== undefined);
  if (route.method !== "GET" && route.method !== "DELETE")
    return { url: baseUrl + path, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams(
    Object.fromEntries(rest.map(([name, value]) => [name, String(value)])),
  ).toString();
  return { url: baseUrl + path + (query ? `?${query}` : ""), body: undefined };
}

/** Parses an answer. Keys that only a newer server knows are left out, so that it can be deployed first. */
function readOutput(route: Route, text: string, response: Response, locale: Locale): unknown {
  let value: unknown;
  let cause: unknown;
  try {
    value = text === "" ? undefined : JSON.parse(text);
    const first = route.output.safeParse(value);
    if (first.success) return first.data;
    for (const issue of first.error.issues)
      if (issue.code === "unrecognized_keys") removeKeys(value, issue.path, issue.keys);
    const second = route.output.safeParse(value);
    if (second.success) return second.data;
    cause = second.error;
  } catch (error) {
    cause = error;
  }
  const requestId = requestIdOf(response);
  throw new ApiError("internal", errorMessage("internal", locale), {
    status: response.status,
    requestId,
    cause,
  });
}

function removeKeys(value: unknown, path: readonly PropertyKey[], keys: readonly string[]): void {
  const owner = path.reduce((at, key) => (at as Record<PropertyKey, unknown>)[key], value);
  for (const key of keys) delete (owner as Record<string, unknown>)[key];
}

/** Reads our own error body, or makes the best of what a gateway or a proxy answered in its own shape. */
function readError(text: string, response: Response, locale: Locale): ApiError {
  const status = response.status;
  const parsed = errorBodySchema.safeParse(jsonOrUndefined(text));
  if (parsed.success) {
    const { code, message, fields, requestId } = parsed.data.error;
    return new ApiError(code, message, { status, fields, requestId });
  }
  const code = codeOf(status);
  return new ApiError(code, errorMessage(code, locale), { status, requestId: requestIdOf(response) });
}

function codeOf(status: number): ErrorCode {
  const exact = errorCodes.find((code) => errorStatus[code] === status);
  if (exact) return exact;
  if (status === 502 || status === 504) return "unavailable";
  return status < 500 ? "invalid_input" : "internal";
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A proxy's HTML page, for instance.
  }
}

function requestIdOf(response: Response): string | undefined {
  return response.headers.get("apigw-requestid") ?? undefined;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
