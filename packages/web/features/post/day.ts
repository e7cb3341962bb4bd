import type { Locale } from "@haru/core/locale";

/** Pages are the same for everyone, so that their days are the site's and not the visitor's. */
const siteTimeZone = "Asia/Seoul";

/** One day as the pages show it. */
export interface Day {
  /** `2026-11-21`, for `<time datetime>` and as a key. */
  readonly date: string;
  /** `21`, always two digits, so that the numerals stand in one column. */
  readonly number: string;
  readonly weekday: string;
  /** `2026년 11월`, `November 2026`. */
  readonly month: string;
}

const isoDate = new Intl.DateTimeFormat("en-CA", { timeZone: siteTimeZone, dateStyle: "short" });

/** The site's day of a point in time, `2026-11-21`. */
export function dateOf(timestamp: string): string {
  return isoDate.format(new Date(timestamp));
}

function formatters(locale: Locale) {
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: siteTimeZone, ...options });
  return {
    weekday: make({ weekday: "long" }),
    month: make({ year: "numeric", month: "long" }),
    full: make({ year: "numeric", month: "long", day: "numeric", weekday: "long" }),
    short: make({ year: "numeric", month: "long", day: "numeric" }),
  };
}
const formats = { ko: formatters("ko"), en: formatters("en") };

export function dayOf(timestamp: string, locale: Locale): Day {
  const time = new Date(timestamp);
  const date = dateOf(timestamp);
  return {
    date,
    number: date.slice(-2),
    weekday: formats[locale].weekday.format(time),
    month: formats[locale].month.format(time),
  };
}

/** `2026년 11월 21일 토요일`, `Saturday, November 21, 2026`. */
export function formatFullDate(timestamp: string, locale: Locale): string {
  return formats[locale].full.format(new Date(timestamp));
}

/** `2026년 11월 21일`, `November 21, 2026`. */
export function formatDate(timestamp: string, locale: Locale): string {
  return formats[locale].short.format(new Date(timestamp));
}

/** Groups what is already in order of time; one day never comes twice for ordered input. */
export function groupByDay<T extends { readonly publishedAt: string }>(
  items: readonly T[],
  locale: Locale,
): { readonly day: Day; readonly items: readonly T[] }[] {
  const groups: { day: Day; items: T[] }[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last.day.date === dateOf(item.publishedAt)) last.items.push(item);
    else groups.push({ day: dayOf(item.publishedAt, locale), items: [item] });
  }
  return groups;
}
