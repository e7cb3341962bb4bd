import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Log } from "../cloud.ts";
import { acceptedEncodings, type Encoding } from "./compression.ts";
import type { Behavior, Distribution } from "./distribution.ts";
import { type EdgeRequest, toEdgeRequest, toHeaders, toQueryString } from "./edge-event.ts";
import { type EdgeContext, isResponse, type OriginUpdate } from "./edge-function.ts";
import { generatedResponse } from "./edge-response.ts";
import { type Headers, OriginError, type OriginRequest, type OriginResponse } from "./origin.ts";
import type { createOriginResolver, ResolvedOrigin } from "./resolve-origin.ts";

/** A request once its behaviour and its viewer-request function have had their say. */
interface SeenRequest {
  readonly distribution: Distribution;
  readonly behavior: Behavior;
  readonly context: EdgeContext;
  /** As the viewer-request function left it. */
  readonly edge: EdgeRequest;
  readonly accepted: readonly Encoding[];
}

/** The edge function answered itself. */
export interface GeneratedRequest extends SeenRequest {
  readonly generated: OriginResponse;
}

/** An origin is asked. */
export interface ForwardedRequest extends SeenRequest {
  readonly origin: ResolvedOrigin;
  readonly request: Omit<OriginRequest, "body" | "signal">;
}

export type RoutedRequest = GeneratedRequest | ForwardedRequest;

/** @throws OriginError when the request cannot be passed on */
export async function routeRequest(
  request: IncomingMessage,
  distribution: Distribution,
  resolveOrigin: ReturnType<typeof createOriginResolver>,
  log: Log,
): Promise<RoutedRequest> {
  const viewed = toEdgeRequest(request);
  const { method, uri } = viewed.edge;
  const behavior = distribution.behaviors.find(({ path }) => path.test(uri));
  if (!behavior) throw new OriginError(502, `No behaviour of the distribution takes ${uri}.`);
  if (!behavior.allowedMethods.includes(method)) {
    throw new OriginError(403, `The distribution does not allow the method ${method}.`);
  }
  const context: EdgeContext = {
    distributionDomainName: distribution.domainName,
    distributionId: distribution.id,
    requestId: randomUUID(),
  };
  const { edge, update, generated } = await runViewerRequest(viewed.edge, request, behavior, context, log);
  const accepted = acceptedEncodings(edge.headers["accept-encoding"]?.value, behavior.encodings);
  const seen = { distribution, behavior, context, edge, accepted };
  if (generated) return { ...seen, generated };

  const { domainName, protocol, path, timeoutSeconds } = withUpdate(behavior, update);
  const origin = resolveOrigin(domainName, protocol);
  return {
    ...seen,
    origin,
    request: {
      method,
      path: path + edge.uri,
      rawQueryString: toQueryString(edge, viewed.rawQueryString),
      headers: originHeaders(edge, request, {
        host: update?.hostHeader ?? domainName,
        accepted: behavior.encodings.length > 0 ? accepted : undefined,
        custom: update?.customHeaders,
      }),
      timeoutMs: Math.max(timeoutSeconds, origin.minimumTimeoutSeconds) * 1000,
    },
  };
}

async function runViewerRequest(
  edge: EdgeRequest,
  request: IncomingMessage,
  behavior: Behavior,
  context: EdgeContext,
  log: Log,
): Promise<{ edge: EdgeRequest; update?: OriginUpdate | undefined; generated?: OriginResponse }> {
  const { viewerRequest } = behavior;
  if (!viewerRequest) return { edge };
  const { method } = edge;
  const viewerIp = request.socket.remoteAddress ?? "127.0.0.1";
  try {
    const { result, origin } = await viewerRequest.onRequest(edge, viewerIp, context);
    if (isResponse(result)) return { edge, generated: generatedResponse(result) };
    // A function may change everything but the method.
    return { edge: { ...result, method }, update: origin };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log({ level: "error", source: viewerRequest.name, message: reason });
    throw new OriginError(503, `The edge function failed: ${(error as Error)?.message ?? error}`);
  }
}

function withUpdate({ origin }: Behavior, update: OriginUpdate | undefined) {
  return {
    domainName: update?.domainName ?? origin.domainName,
    protocol: update?.customOriginConfig?.protocol ?? origin.protocol,
    path: update?.originPath ?? origin.path,
    timeoutSeconds: update?.timeouts?.readTimeout ?? origin.timeoutSeconds,
  };
}

/** All of the viewer's headers but `Host`, as SST's routers declare it, and who the viewer is. */
function originHeaders(
  edge: EdgeRequest,
  request: IncomingMessage,
  options: {
    readonly host: string;
    /** `undefined` leaves `Accept-Encoding` as it came. */
    readonly accepted: readonly Encoding[] | undefined;
    readonly custom: Readonly<Record<string, string>> | undefined;
  },
): Headers {
  const { "accept-encoding": acceptEncoding, ...headers } = toHeaders(edge);
  const encodings = options.accepted ? options.accepted.join(",") : acceptEncoding;
  return {
    ...headers,
    ...(encodings && encodings.length > 0 ? { "accept-encoding": encodings } : {}),
    "x-forwarded-for": request.socket.remoteAddress ?? "127.0.0.1",
    "x-forwarded-proto": "encrypted" in request.socket ? "https" : "http",
    "x-forwarded-port": String(request.socket.localPort ?? 0),
    ...options.custom,
    host: options.host,
  };
}
