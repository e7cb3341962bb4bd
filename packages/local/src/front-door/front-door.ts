import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server } from "node:net";
import { Readable } from "node:stream";
import type { Cloud, Log } from "../cloud.ts";
import type { Console } from "../console/console.ts";
import { isPortFree } from "../engine/port.ts";
import { answer } from "./answer.ts";
import { createWebServer } from "./both-protocols.ts";
import { createEdgeCache, type EdgeCache } from "./cache/edge-cache.ts";
import type { Certificate } from "./certificate.ts";
import { readDistributions } from "./distribution.ts";
import { errorPage } from "./error-page.ts";
import { OriginError, type OriginResponse } from "./origin.ts";
import { createOriginResolver, type SiteUrlOf } from "./resolve-origin.ts";
import { type RoutedRequest, routeRequest } from "./route-request.ts";
import { passUpgrade } from "./upgrade.ts";

/** "Maximum length of a request, including headers and query strings" of the CloudFront quotas. */
const HEADER_LIMIT_BYTES = 20_480;
const PORTS_TRIED = 200;

/** The one origin that people and programs on this machine see, in CloudFront's place. */
export interface FrontDoor {
  /** `http://127.0.0.1:3000`. It speaks HTTPS at the same port. */
  readonly url: string;
  /** Opens it, once the synthesis is done and the functions can be called. */
  serve(cloud: Cloud, siteUrlOf: SiteUrlOf, console?: Console): void;
  /**
   * Lets the cache of a distribution forget what has one of the paths.
   * @returns how many objects there were
   */
  invalidate(distributionId: string, paths: readonly string[]): number;
  stop(): Promise<void>;
}

interface Served {
  readonly route: (request: IncomingMessage) => Promise<RoutedRequest>;
  /** `undefined` while an app is developed: what is seen must be what was just written. */
  readonly cache: EdgeCache | undefined;
  /** Answered here: it is no part of what the program declares. */
  readonly console: Console | undefined;
}

/**
 * Takes the preferred port, or the next one that is free, and answers
 * everything with 503 until `serve` is called.
 */
export async function openFrontDoor(options: {
  readonly preferredPort: number;
  readonly certificate: Certificate;
  readonly log: Log;
}): Promise<FrontDoor> {
  const { log, preferredPort } = options;
  const cache = createEdgeCache();
  let served: Served | undefined;
  const web = createWebServer({ maxHeaderSize: HEADER_LIMIT_BYTES, certificate: options.certificate });
  for (const server of web.servers) {
    server.on("request", (request, response) => void handle(request, response));
    server.on("upgrade", (request, socket, head) => {
      if (served) void passUpgrade(request, socket, head, served.route, log);
      else socket.destroy();
    });
  }
  const port = await listen(web.listener, preferredPort);
  if (port !== preferredPort) {
    const message = `Port ${preferredPort} is taken, so the front door is at port ${port}.`;
    log({ level: "warn", source: "front door", message });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { accept } = request.headers;
    if (!served) {
      const page = errorPage(503, "The local cloud is starting.", { accept, reloadSeconds: 1 });
      response.writeHead(503, page.headers).end(page.body);
      return;
    }
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    try {
      if (served.console?.takes(request.url ?? "/")) return await served.console.answer(request, response);
      const routed = await served.route(request);
      send(response, await answer(request, routed, served.cache, gone.signal), gone.signal);
    } catch (error) {
      if (gone.signal.aborted) return; // Nobody is there to be told.
      const isKnown = error instanceof OriginError;
      const statusCode = isKnown ? error.statusCode : 502;
      const reason = error instanceof Error ? error.message : String(error);
      const message = `${request.method} ${request.url}: ${statusCode}, ${isKnown ? reason : ((error as Error).stack ?? reason)}`;
      log({ level: statusCode < 500 ? "warn" : "error", source: "front door", message });
      const page = errorPage(statusCode, reason, { accept });
      response.writeHead(statusCode, page.headers).end(request.method === "HEAD" ? undefined : page.body);
      request.resume();
    }
  }

  return {
    url: `http://127.0.0.1:${port}`,
    serve(cloud, siteUrlOf, console) {
      const routes = readDistributions(cloud).map((distribution) => ({
        distribution,
        resolveOrigin: createOriginResolver(cloud, siteUrlOf, distribution.arn),
      }));
      served = {
        console,
        cache: cloud.watch ? undefined : cache,
        async route(request) {
          const host = request.headers.host?.replace(/:\d+$/, "");
          // Every host name is the first distribution's but those of the others.
          const found = routes.find(({ distribution }) => distribution.domainName === host) ?? routes[0];
          if (!found) throw new OriginError(502, "The program declares no router and no distribution.");
          return routeRequest(request, found.distribution, found.resolveOrigin, log);
        },
      };
    },
    invalidate: cache.invalidate,
    stop: () => web.stop(),
  };
}

function send(response: ServerResponse, answer: OriginResponse, gone: AbortSignal): void {
  const { statusCode, statusText, headers, body } = answer;
  if (statusText) response.writeHead(statusCode, statusText, headers);
  else response.writeHead(statusCode, headers);
  if (!(body instanceof Readable)) {
    response.end(response.req.method === "HEAD" ? undefined : body);
    return;
  }
  // An answer that breaks off must not look like a whole one.
  body.once("error", () => response.destroy());
  gone.addEventListener("abort", () => body.destroy());
  body.pipe(response);
}

async function listen(server: Server, preferredPort: number): Promise<number> {
  for (let port = preferredPort; port < preferredPort + PORTS_TRIED; port++) {
    if (!(await isPortFree(port))) continue;
    const isMine = await new Promise<boolean>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => {
        // Another program was faster.
        if (error.code === "EADDRINUSE") resolve(false);
        else reject(error);
      });
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isMine) continue;
    server.removeAllListeners("error");
    const address = server.address();
    return typeof address === "object" && address ? address.port : port;
  }
  throw new Error(`No port from ${preferredPort} to ${preferredPort + PORTS_TRIED - 1} is free.`);
}
