/** What is sent to the client. */
export interface HttpAnswer {
  readonly statusCode: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer | string;
}

/** Belongs to the connection or is worked out anew, so that a function cannot set it. */
const NOT_FORWARDED = new Set(["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"]);

/**
 * Makes a function's result the HTTP answer of payload format 2.0 ("Lambda
 * function response for format 2.0"): with a `statusCode` it is taken as
 * declared, any other valid JSON is the body of a 200.
 * @returns undefined for a result that API Gateway answers with 500
 */
export function toAnswer(result: unknown): HttpAnswer | undefined {
  if (!isObject(result) || result.statusCode === undefined) {
    const body = typeof result === "string" ? result : JSON.stringify(result ?? null);
    return { statusCode: 200, headers: { "content-type": "application/json" }, cookies: [], body };
  }
  const { body = "", cookies = [], headers = {}, isBase64Encoded = false } = result;
  const statusCode = Number(result.statusCode);
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) return undefined;
  if ((body !== null && typeof body !== "string") || !isTexts(cookies)) return undefined;
  if (headers !== null && !isObject(headers)) return undefined;
  return {
    statusCode,
    headers: { "content-type": "text/plain;charset=utf-8", ...lowerCase(headers ?? {}) },
    cookies,
    body: isBase64Encoded === true ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
}

/** The gateway's own answers, for instance `{"message":"Not Found"}`. */
export function toMessage(statusCode: number, message: string): HttpAnswer {
  return {
    statusCode,
    headers: { "content-type": "application/json" },
    cookies: [],
    body: JSON.stringify({ message }),
  };
}

function lowerCase(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
      .filter(([name]) => !NOT_FORWARDED.has(name)),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
