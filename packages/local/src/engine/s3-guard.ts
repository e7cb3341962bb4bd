import { randomUUID } from "node:crypto";
import http, {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Log, REGION } from "../cloud.ts";
import { isManyDeletions, s3Accesses } from "../iam/accesses.ts";
import { accessKeyOf } from "../iam/guard.ts";
import type { Iam } from "../iam/iam.ts";
import { secretOf } from "../iam/principals.ts";
import { type Authority, authorize } from "./s3-guard-authorize.ts";
import { bodyOf, decodeChunks, verifyHash } from "./s3-guard-body.ts";
import { accessDenied, S3Refusal, toXml } from "./s3-guard-error.ts";
import { policyAllows } from "./s3-guard-policy.ts";
import { checkPost } from "./s3-guard-post.ts";
import {
  anonymousAction,
  decodedLength,
  engineHeaders,
  isChunked,
  isEmpty,
  parseTarget,
  withoutSigning,
} from "./s3-guard-request.ts";

export interface S3Guard {
  /** `http://127.0.0.1:<port>`, the address of the object store for everyone but the guard. */
  readonly url: string;
  stop(): Promise<void>;
}

const KEEP_ALIVE_MS = 75_000;
const MAXIMUM_POLICY_BYTES = 20 * 1024;

/**
 * Stands in front of the object engine and lets through what S3 would: signed
 * requests, presigned addresses and forms within their limits, and without
 * credentials only what a bucket's policy allows. The engine itself checks
 * none of these.
 */
export async function startS3Guard(options: {
  /** The engine's address. */
  readonly target: string;
  /** A free port when absent. */
  readonly port?: number;
  readonly log: Log;
  readonly now?: () => Date;
  /** Judges what functions ask for; without it every known key may do everything. */
  readonly iam?: Pick<Iam, "denial">;
}): Promise<S3Guard> {
  const { log } = options;
  const target = new URL(options.target);
  const agent = new http.Agent({ keepAlive: true });
  /** Policies by bucket, JSON, as `PutBucketPolicy` brought them. */
  const policies = new Map<string, string>();
  const authority: Authority = {
    region: REGION,
    secretOf,
    denial: (accessKeyId, { method, target, body = "" }) =>
      options.iam?.denial(accessKeyId, s3Accesses({ method, target, operation: undefined, body })),
    now: options.now ?? (() => new Date()),
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  server.on("request", (request, response) => void serve(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : options.port;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await handle(request, response);
    } catch (error) {
      if (response.headersSent || request.socket.destroyed) return void response.destroy();
      const refusal = error instanceof S3Refusal ? error : undefined;
      if (!refusal) {
        const reason = error instanceof Error ? error.message : String(error);
        log({ level: "error", source: "objects", message: `${request.method} ${request.url}: ${reason}` });
      }
      await refuse(request, response, refusal);
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url: requestTarget = "/", headers } = request;
    const { bucket, key, query } = parseTarget(requestTarget);
    // A preflight request has no credentials; the engine knows the bucket's CORS rules.
    if (method === "OPTIONS") return forward(request, response, { path: requestTarget, headers });
    if (method === "POST" && key === "" && /^multipart\/form-data\b/i.test(headers["content-type"] ?? "")) {
      return forwardForm(request, response, bucket);
    }
    const authorized = authorize({ method, target: requestTarget, headers }, authority);
    if (!authorized && !isAllowedToAnyone(method, bucket, key, query)) throw accessDenied();
    const accessKeyId = accessKeyOf(headers.authorization) ?? query.get("X-Amz-Credential")?.split("/")[0];
    // S3 refuses each key on its own; here one that may not go keeps all.
    const body =
      key === "" && isManyDeletions(method, query) ? Buffer.concat(await request.toArray()) : undefined;
    const judged = { method, target: requestTarget, ...(body ? { body: body.toString() } : {}) };
    const denial = authorized && authority.denial(accessKeyId, judged);
    if (denial) throw accessDenied(denial);
    if (key === "" && query.has("policy")) return servePolicy(request, response, bucket);

    const transforms = [
      ...(authorized?.bodyHash === undefined || isEmpty(request) ? [] : [verifyHash(authorized.bodyHash)]),
      ...(isChunked(request) ? [decodeChunks(decodedLength(request))] : []),
    ];
    return forward(request, response, {
      path: withoutSigning(requestTarget),
      headers: engineHeaders(request, authorized !== undefined),
      ...(body ? { body: Readable.from([body]) } : {}),
      ...(transforms.length > 0 ? { transforms } : {}),
    });
  }

  function isAllowedToAnyone(method: string, bucket: string, key: string, query: URLSearchParams): boolean {
    const action = anonymousAction(method, key);
    // Subresources (policies, CORS rules, tags, parts of uploads) have actions of their own that nobody grants to all.
    const isPlain = [...query.keys()].every((name) =>
      /^(list-type|prefix|delimiter|max-keys|response-.*)$/.test(name),
    );
    const policy = policies.get(bucket);
    if (!policy || !action || !isPlain) return false;
    const resource = `arn:aws:s3:::${bucket}${key === "" ? "" : `/${key}`}`;
    return policyAllows([policy], { principal: "anonymous", action, resource });
  }

  async function forwardForm(
    request: IncomingMessage,
    response: ServerResponse,
    bucket: string,
  ): Promise<void> {
    const form = await checkPost(request, bucket, authority, (key) =>
      isAllowedToAnyone("PUT", bucket, key, new URLSearchParams()),
    );
    try {
      const { host, origin } = request.headers;
      const headers = {
        host,
        ...(origin === undefined ? {} : { origin }),
        "content-type": form.contentType,
        "content-length": form.contentLength,
      };
      await forward(request, response, { path: `/${bucket}`, headers, body: form.body });
    } finally {
      await form.dispose();
    }
  }

  /** The engine knows no policies, so that they are kept here, for as long as this process runs. */
  async function servePolicy(
    request: IncomingMessage,
    response: ServerResponse,
    bucket: string,
  ): Promise<void> {
    if (request.method === "PUT") {
      const text = Buffer.concat(await request.toArray()).toString("utf8");
      if (text.length > MAXIMUM_POLICY_BYTES || !isJson(text)) {
        throw new S3Refusal(400, "MalformedPolicy", "Policies must be valid JSON of at most 20 KB");
      }
      policies.set(bucket, text);
      response.writeHead(204).end();
    } else if (request.method === "DELETE") {
      policies.delete(bucket);
      response.writeHead(204).end();
    } else {
      const policy = policies.get(bucket);
      if (!policy) throw new S3Refusal(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
      response.writeHead(200, { "content-type": "application/json" }).end(policy);
    }
  }

  async function forward(
    request: IncomingMessage,
    response: ServerResponse,
    options: {
      readonly path: string;
      readonly headers: OutgoingHttpHeaders;
      readonly transforms?: readonly NodeJS.ReadWriteStream[];
      /** In place of the request's own. */
      readonly body?: Readable;
    },
  ): Promise<void> {
    const { path, headers, transforms = [] } = options;
    const outgoing = http.request({
      agent,
      hostname: target.hostname,
      port: target.port,
      method: request.method,
      path,
      headers,
    });
    response.once("close", () => outgoing.destroy());
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once("response", resolve).once("error", reject);
    });
    const source = options.body ?? bodyOf(request);
    const sent = pipeline([source, ...transforms, outgoing]);
    // The engine may answer before it has read everything, when it refuses.
    const answer = await Promise.race([answered, sent.then(() => answered)]).catch(async (error) => {
      // What is wrong with the body matters more than that the engine saw it break off.
      await sent;
      throw error;
    });
    // When the engine did not want the rest, its answer says why.
    sent.catch(() => {});
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    await pipeline(answer, response);
  }

  async function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    refusal: S3Refusal | undefined,
  ): Promise<void> {
    const requestId = randomUUID();
    const body = refusal
      ? toXml(refusal, (request.url ?? "/").split("?", 1)[0] ?? "/", requestId)
      : '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InternalError</Code></Error>';
    response.writeHead(refusal?.statusCode ?? 500, {
      "content-type": "application/xml",
      "content-length": Buffer.byteLength(body),
      "x-amz-request-id": requestId,
      ...(await corsHeaders(request)),
    });
    response.end(request.method === "HEAD" ? undefined : body);
    // What the client still sends is thrown away, so that it gets to reading the answer.
    if (!request.complete) request.resume();
  }

  /** Lets a page read why it was refused, as S3 does: the engine says whether the rules allow the origin. */
  function corsHeaders(request: IncomingMessage): Promise<Record<string, string>> {
    const { origin } = request.headers;
    if (origin === undefined) return Promise.resolve({});
    return new Promise((resolve) => {
      const headers = { origin, "access-control-request-method": request.method };
      const path = `/${parseTarget(request.url ?? "/").bucket}`;
      http
        .request({ agent, hostname: target.hostname, port: target.port, method: "OPTIONS", path, headers })
        .on("response", (answer) => {
          answer.resume();
          const allowed = answer.headers["access-control-allow-origin"];
          resolve(allowed === undefined ? {} : { "access-control-allow-origin": allowed, vary: "Origin" });
        })
        // Without an answer there is no permission either.
        .on("error", () => resolve({}))
        .end();
    });
  }

  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
