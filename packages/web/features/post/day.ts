import type { Locale } from "@haru/core/locale";
import { dateOf, siteTimeZone } from "@haru/core/site-time";

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

function formatters(locale: Locale) {
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: siteTimeZone, ...options });
  return {
    weekday: make({ weekday: "long" }),
    month: make({ year: "numeric", month: "long" }),
    monthOfYear: make({ month: "long" }),
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

/** `2026년 11월`, `November 2026`. @param month `2026-11` */
export function formatMonth(month: string, locale: Locale): string {
  return formats[locale].month.format(new Date(`${month}-15T00:00:00Z`));
}

/** `11월`, `November`. @param month `2026-11` */
export function formatMonthOfYear(month: string, locale: Locale): string {
  return formats[locale].monthOfYear.format(new Date(`${month}-15T00:00:00Z`));
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
