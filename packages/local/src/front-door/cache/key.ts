import { type EdgeRequest, type EdgeValues, valuesOf } from "../edge-event.ts";
import type { CachePolicy, KeyPart } from "./policy.ts";

/** What a cache keeps an answer under, and what an invalidation calls it. */
export interface CacheKey {
  readonly text: string;
  /** The object's path, with the part of the query that belongs to the key: `/ko?page=2`. */
  readonly path: string;
}

/**
 * The key of a request, from the request as the viewer-request function left it ("Understand the
 * cache key"): the distribution, the path, and what the policy adds. `GET` and `HEAD` share it.
 * @param accepted the encodings that both the viewer and the policy know
 */
export function cacheKeyOf(
  request: EdgeRequest,
  policy: CachePolicy,
  distributionId: string,
  accepted: readonly string[],
): CacheKey {
  const query = write(request.querystring, policy.queryStrings, "&");
  const path = query === "" ? request.uri : `${request.uri}?${query}`;
  const { headers, cookies } = policy;
  const text = [
    distributionId,
    path,
    write(request.headers, headers, "\n"),
    write(request.cookies ?? {}, cookies, ";"),
    accepted.join(","),
  ].join("\0");
  return { text, path };
}

function write(values: EdgeValues, { behavior, names }: KeyPart, separator: string): string {
  if (behavior === "none") return "";
  return Object.entries(values)
    .filter(([name]) => {
      if (behavior === "all") return true;
      return names.includes(name) === (behavior === "whitelist");
    })
    .flatMap(([name, value]) => valuesOf(value).map((one) => `${name}=${one}`))
    .join(separator);
}
