import type { IncomingMessage } from "node:http";
import type { EdgeCache } from "./cache/edge-cache.ts";
import { cacheKeyOf } from "./cache/key.ts";
import type { CachePolicy } from "./cache/policy.ts";
import { compress } from "./compression.ts";
import { toHeaders } from "./edge-event.ts";
import { toEdgeResponse, withEdgeResponse } from "./edge-response.ts";
import type { OriginRequest, OriginResponse } from "./origin.ts";
import type { ForwardedRequest, RoutedRequest } from "./route-request.ts";

/** Answers from the cache or the origin, and lets the viewer-response function have the last word. */
export async function answer(
  request: IncomingMessage,
  routed: RoutedRequest,
  cache: EdgeCache | undefined,
  signal: AbortSignal,
): Promise<OriginResponse> {
  const { behavior, context, edge } = routed;
  let response = await answerBeforeFunction(request, routed, cache, signal);
  if (behavior.viewerResponse) {
    const viewerIp = request.socket.remoteAddress ?? "127.0.0.1";
    const changed = await behavior.viewerResponse.onResponse(
      edge,
      toEdgeResponse(response),
      viewerIp,
      context,
    );
    response = withEdgeResponse(response, changed);
  }
  return withHeader(response, "x-amz-cf-id", context.requestId);
}

async function answerBeforeFunction(
  request: IncomingMessage,
  routed: RoutedRequest,
  cache: EdgeCache | undefined,
  signal: AbortSignal,
): Promise<OriginResponse> {
  if ("generated" in routed) {
    return withHeader(routed.generated, "x-cache", "FunctionGeneratedResponse from cloudfront");
  }
  const { cachePolicy } = routed.behavior;
  if (cache && cachePolicy && isCacheable(routed)) return answerFromCache(routed, cachePolicy, cache);
  const body = hasBody(request) ? request : undefined;
  const response = await askOrigin(routed, { ...routed.request, body, signal });
  return withHeader(response, "x-cache", "Miss from cloudfront");
}

/** Parts of an object are asked of the origin; CloudFront would cut them out of a cached whole. */
function isCacheable({ edge }: RoutedRequest): boolean {
  return ["GET", "HEAD"].includes(edge.method) && !("range" in edge.headers);
}

function answerFromCache(
  routed: ForwardedRequest,
  policy: CachePolicy,
  cache: EdgeCache,
): Promise<OriginResponse> {
  const { distribution, edge, accepted, request } = routed;
  // The viewer's conditions are about the viewer's copy; the cache has its own.
  const { "if-none-match": _, "if-modified-since": __, ...headers } = request.headers;
  return cache.answer(
    {
      method: edge.method === "HEAD" ? "HEAD" : "GET",
      key: cacheKeyOf(edge, policy, distribution.id, accepted),
      distributionId: distribution.id,
      policy,
      errorSeconds: distribution.errorSeconds,
      headers: toHeaders(edge),
    },
    // Others may wait for this answer too, so that it does not end with its first viewer.
    (conditions) =>
      askOrigin(routed, {
        ...request,
        headers: { ...headers, ...conditions },
        body: undefined,
        signal: new AbortController().signal,
      }),
  );
}

async function askOrigin(
  { origin, accepted }: ForwardedRequest,
  request: OriginRequest,
): Promise<OriginResponse> {
  return compress(await origin.send(request), request.method, accepted);
}

function withHeader(response: OriginResponse, name: string, value: string): OriginResponse {
  return { ...response, headers: { ...response.headers, [name]: value } };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
