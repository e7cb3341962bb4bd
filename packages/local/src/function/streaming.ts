import { Writable } from "node:stream";
import type { Handler } from "./handler.ts";

const METADATA = Symbol("metadata");

/** What a streaming handler writes to. Everything is kept and answered at the end. */
class BufferedResponse extends Writable {
  readonly chunks: Buffer[] = [];
  [METADATA]: Record<string, unknown> | undefined;
  contentType: string | undefined;
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
  setContentType(contentType: string): void {
    this.contentType = contentType;
  }
}

/**
 * The global `awslambda` of Lambda's Node.js runtime. A streamed response is
 * collected here and answered in the shape of a buffered one
 * (`{ statusCode, headers, cookies, body, isBase64Encoded }`), because no
 * caller on the local cloud reads a response bit by bit.
 */
export const awslambda = {
  streamifyResponse(
    handler: (event: unknown, response: BufferedResponse, context: unknown) => unknown,
  ): Handler {
    return async (event, context) => {
      const response = new BufferedResponse();
      const finished = new Promise<void>((resolve, reject) => {
        response.once("finish", resolve);
        response.once("error", reject);
      });
      await handler(event, response, context);
      await finished;
      return toBufferedResult(response);
    };
  },
  HttpResponseStream: {
    from(response: BufferedResponse, metadata: Record<string, unknown>): BufferedResponse {
      response[METADATA] = metadata;
      return response;
    },
  },
};

function toBufferedResult(response: BufferedResponse): unknown {
  const bytes = Buffer.concat(response.chunks);
  const metadata = response[METADATA];
  const headers = {
    ...(response.contentType ? { "content-type": response.contentType } : {}),
    ...(metadata?.headers as Record<string, string> | undefined),
  };
  return {
    statusCode: 200,
    ...metadata,
    headers,
    body: bytes.toString("base64"),
    isBase64Encoded: true,
  };
}
