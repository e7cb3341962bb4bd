import { createHash } from "node:crypto";
import type { Limit } from "../contract.ts";
import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { Locale } from "../locale.ts";
import { isConditionFailed } from "../transaction.ts";
import { limitWindows } from "./limit.entity.ts";

/** What is left of a limit after a request was counted, or refused. */
export interface Allowance {
  readonly limit: Limit;
  readonly isRefused: boolean;
  readonly remaining: number;
  /** When the window ends and all of the quota is there again; at least 1. */
  readonly resetsInSeconds: number;
}

/** The table deletes what nobody needs any more; it does so late, and nothing here relies on it. */
const keepAfterWindowSeconds = 60 * 60;

/**
 * Counts one request of a subject. It is a single conditional update of one item, so however many
 * arrive at once, no more than the quota pass in a window. Windows follow the clock: their number is
 * part of the key, and no request has to find out first whether one has ended.
 * @param subject an address, an account, an e-mail; only a digest of it is stored
 */
export async function spend(core: Core, limit: Limit, subject: string): Promise<Allowance> {
  const { name, quota, windowSeconds } = limit;
  const nowSeconds = core.now().getTime() / 1000;
  const window = Math.floor(nowSeconds / windowSeconds);
  const endSeconds = (window + 1) * windowSeconds;
  const resetsInSeconds = Math.max(1, Math.ceil(endSeconds - nowSeconds));
  const digest = createHash("sha256").update(subject).digest("base64url");
  try {
    const { data } = await limitWindows(core)
      .update({ name: `${name}-${windowSeconds}`, subject: digest, window: String(window) })
      .add({ count: 1 })
      .set({ expireAt: endSeconds + keepAfterWindowSeconds })
      .where(({ count }, is) => `${is.notExists(count)} OR ${is.lt(count, quota)}`)
      .go({ response: "updated_new" });
    return { limit, isRefused: false, remaining: quota - (data.count ?? quota), resetsInSeconds };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    return { limit, isRefused: true, remaining: 0, resetsInSeconds };
  }
}

/** The refusal that a person reads: it says how long to wait. */
export function refusalOf({ resetsInSeconds }: Allowance, locale: Locale): AppError {
  const { amount, unit } =
    resetsInSeconds < 90
      ? ({ amount: resetsInSeconds, unit: "second" } as const)
      : ({ amount: Math.ceil(resetsInSeconds / 60), unit: "minute" } as const);
  const time = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(amount);
  return new AppError("rate_limited", {
    message:
      locale === "ko"
        ? `요청이 너무 많습니다. ${time} 뒤에 다시 시도해 주세요.`
        : `Too many requests. Please try again in ${time}.`,
    retryAfterSeconds: resetsInSeconds,
  });
}

/**
 * What remains, in the header fields of draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy`
 * lists the quotas and their windows, `RateLimit` what is left of each and for how long.
 */
export function rateLimitHeaders(allowances: readonly Allowance[]): Record<string, string> {
  if (allowances.length === 0) return {};
  const named = ({ limit }: Allowance) => `"${limit.name}-${limit.per}-${limit.windowSeconds}"`;
  return {
    "ratelimit-policy": allowances
      .map((each) => `${named(each)};q=${each.limit.quota};w=${each.limit.windowSeconds}`)
      .join(", "),
    ratelimit: allowances
      .map((each) => `${named(each)};r=${each.remaining};t=${each.resetsInSeconds}`)
      .join(", "),
  };
}
