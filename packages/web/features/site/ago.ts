import type { Locale } from "@haru/core/locale";

const units: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
/** Older times are said as a date, which then is easier to place. */
const longestAgoSeconds = 7 * 86_400;

/** `2시간 전`, `yesterday`, and from a week on a date; in the visitor's own time zone. */
export function formatAgo(timestamp: string, now: Date, locale: Locale): string {
  const time = new Date(timestamp);
  const seconds = Math.max(0, (now.getTime() - time.getTime()) / 1000);
  if (seconds >= longestAgoSeconds)
    return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(time);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, length] of units)
    if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
  return format.format(0, "second");
}
