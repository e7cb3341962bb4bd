import { Readable } from "node:stream";
import { type Headers, OriginError, type OriginResponse } from "../origin.ts";
import { answerFrom, conditionsOf, type Entry, isSmallEnough, readBody } from "./entry.ts";
import { isInvalidated } from "./invalidation.ts";
import type { CacheKey } from "./key.ts";
import { lifetimeOf } from "./lifetime.ts";
import type { CachePolicy } from "./policy.ts";

const MAXIMUM_BYTES = 128 * 1024 * 1024;

export interface CacheRequest {
  readonly method: "GET" | "HEAD";
  readonly key: CacheKey;
  readonly distributionId: string;
  readonly policy: CachePolicy;
  /** The distribution's error caching minimum TTL by status. */
  readonly errorSeconds: ReadonlyMap<number, number>;
  /** The viewer's headers, for its conditions. */
  readonly headers: Headers;
}

/** Asks the origin with the viewer's method, on the given conditions of the cache. */
export type AskOrigin = (conditions: Headers) => Promise<OriginResponse>;

export interface EdgeCache {
  /** Answers with `Age` and `X-Cache`. */
  answer(request: CacheRequest, ask: AskOrigin): Promise<OriginResponse>;
  /**
   * Forgets what has one of the paths, in which a last `*` stands for any ending.
   * @returns how many objects there were
   */
  invalidate(distributionId: string, paths: readonly string[]): number;
}

/**
 * The cache of one edge location. Requests for an object that is being fetched
 * wait for it ("request collapsing"); an expired object is given while a newer
 * one comes, or when the origin fails, for as long as the origin allowed that.
 */
export function createEdgeCache(now: () => number = Date.now): EdgeCache {
  /** In the order of their last use. */
  const entries = new Map<string, Entry>();
  /** What is being fetched: resolves with nothing when the answer is for one viewer only. */
  const fetches = new Map<string, Promise<Entry | undefined>>();
  /** Invalidations so far: an answer that was asked for before one may be out of date already. */
  let invalidations = 0;
  let bytes = 0;

  function keep(key: string, entry: Entry): void {
    forget(key);
    entries.set(key, entry);
    bytes += entry.body.length;
    for (const oldest of entries.keys()) {
      if (bytes <= MAXIMUM_BYTES) break;
      forget(oldest);
    }
  }

  function forget(key: string): void {
    bytes -= entries.get(key)?.body.length ?? 0;
    entries.delete(key);
  }

  /** Asks the origin and keeps what may be kept. A `raw` answer is not shared with anyone. */
  async function fetchObject(
    request: CacheRequest,
    ask: AskOrigin,
    known: Entry | undefined,
  ): Promise<{ readonly entry: Entry } | { readonly raw: OriginResponse }> {
    const { key, distributionId, policy, errorSeconds } = request;
    const invalidationsBefore = invalidations;
    const response = await ask(known ? conditionsOf(known) : {});
    const isUnchanged = known !== undefined && response.statusCode === 304;
    const headers = isUnchanged ? { ...known.headers, ...response.headers } : response.headers;
    const statusCode = isUnchanged ? known.statusCode : response.statusCode;
    const lifetime = lifetimeOf({ statusCode, headers }, policy, errorSeconds, now());
    if (!isUnchanged && (!lifetime || !isSmallEnough(response))) {
      if (statusCode < 500) forget(key.text);
      return { raw: response };
    }
    const body = isUnchanged ? known.body : await readBody(response.body);
    const entry: Entry = {
      distributionId,
      path: key.path,
      statusCode,
      statusText: isUnchanged ? known.statusText : response.statusText,
      headers,
      body,
      keptAt: now(),
      lifetime: lifetime ?? { freshSeconds: 0, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 0 },
    };
    const isOutdated = invalidations !== invalidationsBefore;
    // An error does not take the place of a page that can still be given.
    if (!lifetime || isOutdated) forget(key.text);
    else if (!(known && statusCode >= 500)) keep(key.text, entry);
    return { entry };
  }

  /** Fetches an object once for all who wait for it. */
  async function fetchShared(
    request: CacheRequest,
    ask: AskOrigin,
    known: Entry | undefined,
  ): Promise<OriginResponse> {
    const { text } = request.key;
    const source = (entry: Entry) =>
      entry.statusCode >= 500 ? "Error" : known?.body === entry.body ? "RefreshHit" : "Miss";
    const running = fetches.get(text);
    if (running) {
      const entry = await running;
      if (entry) return answerFrom(entry, request.headers, known ? "RefreshHit" : "Hit", now());
      // Nothing to share: everybody asks, at the same time.
      return passOn(await ask({}));
    }
    const { promise, resolve } = Promise.withResolvers<Entry | undefined>();
    fetches.set(text, promise);
    try {
      const fetched = await fetchObject(request, ask, known);
      if ("raw" in fetched) return passOn(fetched.raw);
      resolve(fetched.entry);
      return answerFrom(fetched.entry, request.headers, source(fetched.entry), now());
    } finally {
      resolve(undefined);
      if (fetches.get(text) === promise) fetches.delete(text);
    }
  }

  return {
    async answer(request, ask) {
      const { text } = request.key;
      const known = entries.get(text);
      // A HEAD is answered from what a GET left here, and leaves nothing itself.
      if (!known || request.method === "HEAD") {
        const isHit = known && now() - known.keptAt < known.lifetime.freshSeconds * 1000;
        if (isHit) return answerFrom(known, request.headers, "Hit", now());
        return request.method === "HEAD" ? passOn(await ask({})) : fetchShared(request, ask, undefined);
      }
      const { lifetime, keptAt } = known;
      const staleSeconds = (now() - keptAt) / 1000 - lifetime.freshSeconds;
      if (staleSeconds < 0) {
        entries.delete(text);
        entries.set(text, known);
        return answerFrom(known, request.headers, "Hit", now());
      }
      if (staleSeconds < lifetime.staleWhileRevalidateSeconds) {
        // A failure shows when the object is too old to be given.
        if (!fetches.has(text)) void fetchShared(request, ask, known).then(discard, () => {});
        return answerFrom(known, request.headers, "Hit", now());
      }
      const mayBeStale = staleSeconds < lifetime.staleIfErrorSeconds && known.statusCode < 500;
      try {
        const response = await fetchShared(request, ask, known);
        if (response.statusCode < 500 || !mayBeStale || !entries.has(text)) return response;
        discard(response);
      } catch (error) {
        if (!(error instanceof OriginError) || !mayBeStale || !entries.has(text)) throw error;
      }
      return answerFrom(known, request.headers, "Hit", now());
    },
    invalidate(distributionId, paths) {
      invalidations++;
      // Whoever comes from now on does not wait for an answer that may be out of date.
      fetches.clear();
      const found = [...entries].filter(
        ([, entry]) => entry.distributionId === distributionId && isInvalidated(entry.path, paths),
      );
      for (const [key] of found) forget(key);
      return found.length;
    },
  };
}

function passOn(response: OriginResponse): OriginResponse {
  const source = response.statusCode >= 400 ? "Error" : "Miss";
  return { ...response, headers: { ...response.headers, "x-cache": `${source} from cloudfront` } };
}

/** Lets go of an answer that nobody gets. */
function discard({ body }: OriginResponse): void {
  if (body instanceof Readable) body.destroy();
}
