import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FunctionError, type FunctionService, TooManyRequestsError } from "../cloud.ts";
import { errorPayload } from "./async-queue.ts";
import { MAXIMUM_PAYLOAD_BYTES } from "./environment.ts";

/** Largest event of an asynchronous call. */
const MAXIMUM_ASYNC_PAYLOAD_BYTES = 1024 * 1024;
const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;

export interface InvokeApi {
  /** `http://127.0.0.1:<port>`, for `AWS_ENDPOINT_URL_LAMBDA`. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Lambda's Invoke operation over HTTP, for functions that call functions
 * through the AWS SDK. Signatures are not checked, and there is no log tail.
 */
export async function startInvokeApi(options: {
  readonly functions: Pick<FunctionService, "get" | "invoke" | "invokeAsync">;
  /** A free port when absent. */
  readonly port?: number;
}): Promise<InvokeApi> {
  const server = createServer((request, response) => {
    answer(options.functions, request, response).catch((error: Error) =>
      refuse(response, 500, "ServiceException", error.message),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  functions: Pick<FunctionService, "get" | "invoke" | "invokeAsync">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const match = INVOKE_PATH.exec(new URL(request.url ?? "/", "http://lambda").pathname);
  if (request.method !== "POST" || !match?.[1]) {
    refuse(response, 404, "UnknownOperationException", "Only Invoke is served on the local cloud.");
    return;
  }
  const name = decodeURIComponent(match[1]);
  if (!functions.get(name)) {
    refuse(response, 404, "ResourceNotFoundException", `Function not found: ${name}`);
    return;
  }
  const trace = [request.headers["x-amzn-trace-id"]].flat()[0];
  const invocationType = String(request.headers["x-amz-invocation-type"] ?? "RequestResponse");
  const isAsync = invocationType === "Event";
  const limit = isAsync ? MAXIMUM_ASYNC_PAYLOAD_BYTES : MAXIMUM_PAYLOAD_BYTES;
  const body = await readBody(request, limit);
  if (body === undefined) {
    const message = `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
    refuse(response, 413, "RequestTooLargeException", message);
    return;
  }
  let event: unknown;
  try {
    event = body === "" ? {} : JSON.parse(body);
  } catch {
    const message = "Could not parse request body into json: Could not parse payload into json";
    refuse(response, 400, "InvalidRequestContentException", message);
    return;
  }
  if (invocationType === "DryRun") {
    respond(response, 204);
  } else if (isAsync) {
    functions.invokeAsync(name, event, trace);
    respond(response, 202);
  } else {
    await invoke(functions, { name, event, trace }, response);
  }
}

async function invoke(
  functions: Pick<FunctionService, "invoke">,
  call: { readonly name: string; readonly event: unknown; readonly trace: string | undefined },
  response: ServerResponse,
): Promise<void> {
  try {
    respond(response, 200, await functions.invoke(call.name, call.event, call.trace));
  } catch (error) {
    if (error instanceof FunctionError) {
      respond(response, 200, errorPayload(error), { "x-amz-function-error": "Unhandled" });
    } else if (error instanceof TooManyRequestsError) {
      refuse(response, 429, "TooManyRequestsException", error.message);
    } else throw error;
  }
}

function respond(
  response: ServerResponse,
  status: number,
  payload?: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "x-amz-executed-version": "$LATEST",
    ...headers,
  });
  response.end(payload === undefined ? undefined : JSON.stringify(payload));
}

function refuse(response: ServerResponse, status: number, name: string, message: string): void {
  response.writeHead(status, { "content-type": "application/json", "x-amzn-errortype": name });
  response.end(JSON.stringify({ Type: "User", message, Message: message }));
}

/** The whole body, or undefined when it is larger than the limit. The rest is read, so that the answer arrives. */
async function readBody(request: IncomingMessage, limitBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
  }
  return size <= limitBytes ? Buffer.concat(chunks).toString() : undefined;
}
