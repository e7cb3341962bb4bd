import type { Readable } from "node:stream";
import { FunctionError, type FunctionService, TooManyRequestsError } from "../cloud.ts";
import { toPayload } from "../http-api/payload.ts";
import { toAnswer } from "../http-api/result.ts";
import { type Headers, type Origin, OriginError } from "./origin.ts";

/** Lambda's payload limit of a synchronous call. */
const LIMIT_BYTES = 6 * 1024 * 1024;

/**
 * A function's own address ("Invoking Lambda function URLs"): the event has
 * payload format 2.0, with the path as it came. A function that fails is
 * answered with 502, one that is throttled with 429.
 */
export function functionUrlOrigin(options: {
  /** Name or ARN. */
  readonly functionName: string;
  /** Host of the address. */
  readonly host: string;
  readonly functions: Pick<FunctionService, "invoke">;
}): Origin {
  const { functionName, host, functions } = options;
  return async (request) => {
    const event = toPayload({
      apiId: host.split(".", 1)[0] ?? host,
      routeKey: "$default",
      method: request.method,
      path: request.path,
      rawQueryString: request.rawQueryString,
      rawHeaders: toRaw(request.headers),
      protocol: "HTTP/1.1",
      sourceIp: "127.0.0.1",
      port: 443,
      pathParameters: {},
      authorizer: undefined,
      body: await readAll(request.body),
      receivedAt: new Date(),
    });
    const result = await functions.invoke(functionName, event).catch((error) => {
      if (error instanceof FunctionError) {
        throw new OriginError(502, `The function ${functionName} failed: ${error.message}`);
      }
      if (error instanceof TooManyRequestsError) {
        throw new OriginError(429, `The function ${functionName} is called too often: ${error.message}`);
      }
      throw error;
    });
    const answer = toAnswer(result);
    if (!answer)
      throw new OriginError(502, `The function ${functionName} answered no payload of format 2.0.`);
    const { statusCode, body, cookies } = answer;
    const headers: Headers = {
      ...answer.headers,
      "content-length": String(Buffer.byteLength(body)),
      ...(cookies.length > 0 ? { "set-cookie": [...cookies] } : {}),
    };
    return { statusCode, headers, body };
  };
}

function toRaw(headers: Headers): string[] {
  return Object.entries(headers).flatMap(([name, value]) => [value].flat().flatMap((one) => [name, one]));
}

async function readAll(body: Readable | undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body?.iterator({ destroyOnReturn: false }) ?? []) {
    size += chunk.length;
    if (size > LIMIT_BYTES)
      throw new OriginError(413, "The body is larger than the 6 MB that a function takes.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
