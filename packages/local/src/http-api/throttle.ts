/** Throttling of a stage or a route, as declared. */
export interface ThrottleSettings {
  readonly throttlingBurstLimit?: number;
  /** Requests a second. */
  readonly throttlingRateLimit?: number;
}

export interface Throttle {
  /** Takes one request's share. False means 429. */
  take(routeKey: string): boolean;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/**
 * A token bucket for each route, as "Throttle requests to your HTTP APIs for
 * better throughput in API Gateway" describes: the burst is what fits into the
 * bucket, the rate is what flows in. Routes without settings are not limited,
 * because the account's limit (10,000 a second) is out of this machine's reach.
 * @param now milliseconds
 */
export function createThrottle(
  settings: {
    readonly default: ThrottleSettings | undefined;
    readonly byRoute: ReadonlyMap<string, ThrottleSettings>;
  },
  now: () => number,
): Throttle {
  const buckets = new Map<string, Bucket>();
  return {
    take(routeKey) {
      const { throttlingBurstLimit, throttlingRateLimit } = {
        ...settings.default,
        ...settings.byRoute.get(routeKey),
      };
      if (throttlingRateLimit === undefined && throttlingBurstLimit === undefined) return true;
      const rate = throttlingRateLimit ?? Number.POSITIVE_INFINITY;
      const burst = throttlingBurstLimit ?? rate;
      const at = now();
      const bucket = buckets.get(routeKey) ?? { tokens: burst, filledAtMs: at };
      const filled = rate * ((at - bucket.filledAtMs) / 1000);
      // With an unlimited rate nothing has flowed in at the same millisecond: zero times infinity is no number.
      bucket.tokens = Math.min(burst, bucket.tokens + (Number.isNaN(filled) ? 0 : filled));
      bucket.filledAtMs = at;
      buckets.set(routeKey, bucket);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
