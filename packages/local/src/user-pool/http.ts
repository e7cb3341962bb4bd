import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Engine } from "./engine.ts";
import { CognitoError } from "./error.ts";
import type { Input } from "./input.ts";
import { publicJwk, signingKey } from "./key.ts";
import { operations } from "./operations.ts";
import { findPool } from "./pool.ts";
import { issuerOf } from "./token.ts";

const TARGET = "AWSCognitoIdentityProviderService.";
const MAXIMUM_BODY_BYTES = 256 * 1024;
const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Answers one request: AWS JSON 1.1 on `POST /`, and the two public documents of a pool. */
export async function answerRequest(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("x-amzn-requestid", randomUUID());
  // A web page anywhere may resolve its own name to this machine: its requests still bear that name.
  if (!LOOPBACK_HOSTS.has((request.headers.host ?? "").replace(/:\d+$/, ""))) {
    send(response, 403, { message: "The local user pools answer on the loopback address only." });
  } else if (request.method === "GET") {
    send(response, ...document(engine, request.url ?? ""));
  } else if (request.method === "POST" && request.url === "/") {
    await answerOperation(engine, request, response);
  } else {
    send(response, ...NOT_FOUND);
  }
}

async function answerOperation(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const name = operationName(request);
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) {
      throw new CognitoError("UnknownOperationException", `The local user pools have no operation ${name}.`);
    }
    if (operation.authorization === "iam" && !isSigned(request)) {
      throw new CognitoError("MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    send(response, 200, await operation.run(engine, await readBody(request)));
  } catch (error) {
    if (error instanceof CognitoError) {
      refuse(response, 400, error);
      return;
    }
    // The caller left in the midst of its request: there is nobody to answer, and nothing was done.
    if (request.destroyed && !request.complete) return;
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    engine.log({ level: "error", source: "user-pool", message: reason });
    refuse(response, 500, new CognitoError("InternalErrorException", "Internal error."));
  }
}

const NOT_FOUND = [404, { message: "Not found." }] as const;

/** A pool's public document: status and body. */
function document(engine: Engine, url: string): readonly [number, unknown] {
  const [, poolId = "", name] = /^\/([\w-]+)\/\.well-known\/([\w.-]+)$/.exec(url) ?? [];
  if (!findPool(engine.store, poolId)) return NOT_FOUND;
  if (name === "jwks.json") return [200, { keys: [publicJwk(signingKey(engine.store, poolId))] }];
  if (name !== "openid-configuration") return NOT_FOUND;
  const issuer = issuerOf(engine, poolId);
  return [
    200,
    {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ["RS256"],
      response_types_supported: ["code", "token"],
      scopes_supported: ["openid", "email", "phone", "profile"],
      subject_types_supported: ["public"],
    },
  ];
}

function operationName(request: IncomingMessage): string {
  const target = request.headers["x-amz-target"];
  return typeof target === "string" && target.startsWith(TARGET) ? target.slice(TARGET.length) : "";
}

function isSigned(request: IncomingMessage): boolean {
  return request.headers.authorization?.startsWith("AWS4-HMAC-SHA256 ") ?? false;
}

async function readBody(request: IncomingMessage): Promise<Input> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAXIMUM_BODY_BYTES)
      throw new CognitoError("SerializationException", "The request is too long.");
    parts.push(part);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(parts).toString("utf8") || "{}");
  } catch (error) {
    if (error instanceof SyntaxError) throw new CognitoError("SerializationException", error.message);
    throw error;
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new CognitoError("SerializationException", "Start of structure or map found where not expected.");
  }
  return body as Input;
}

function refuse(response: ServerResponse, status: number, error: CognitoError): void {
  response.setHeader("x-amzn-errortype", error.name);
  send(response, status, { __type: error.name, message: error.message });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader(
    "content-type",
    response.req.method === "GET" ? "application/json" : "application/x-amz-json-1.1",
  );
  response.setHeader("cache-control", "no-store");
  response.end(JSON.stringify(body));
}
