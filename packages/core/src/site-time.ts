/** Pages are the same for everyone, so that their days and months are the site's and not the visitor's. */
export const siteTimeZone = "Asia/Seoul";

/** Made by the first call: it takes a tenth of a function's start, and most calls ask for no day. */
let isoDate: Intl.DateTimeFormat | undefined;

/** The site's day of a point in time, `2026-11-21`. */
export function dateOf(timestamp: string): string {
  isoDate ??= new Intl.DateTimeFormat("en-CA", { timeZone: siteTimeZone, dateStyle: "short" });
  // Years of long ago are written short, and have four digits in addresses.
  return isoDate.format(new Date(timestamp)).padStart(10, "0");
}

/** The site's month of a point in time, `2026-11`. */
export function monthOf(timestamp: string): string {
  return dateOf(timestamp).slice(0, 7);
}
