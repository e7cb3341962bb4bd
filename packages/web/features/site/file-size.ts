import type { Locale } from "@haru/core/locale";

/** A size in bytes as people read it, in the largest unit that it fills, at least kilobytes: `1.5MB`, `1.5 MB`. */
export function fileSize(bytes: number, locale: Locale): string {
  const [unit, size] =
    bytes >= 1e9 ? ["gigabyte", 1e9] : bytes >= 1e6 ? ["megabyte", 1e6] : ["kilobyte", 1e3];
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(
    bytes / size,
  );
}
