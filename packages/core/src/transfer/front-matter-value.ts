/** YAML reads `title: 2026` as a number, which is a title all the same. */
export function textOf(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : (value ?? undefined);
}

/** A list, or one line with commas. */
export function tagsOf(value: unknown): unknown {
  if (value === undefined || value === null) return [];
  if (typeof value === "string")
    return value
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean);
  return Array.isArray(value) ? value.map(textOf) : value;
}

const dayPattern = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const timePattern =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,3})?)\d*)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** `2024/12/05`, `2024-12-05`, or with a time; what names no zone is UTC. Null when it is no date. */
export function dateOf(value: unknown): string | undefined | null {
  if (value === undefined || value === null) return undefined;
  const text = String(value).trim();
  const [, year, month, day, hour = "0", minute = "00", second = "00", zone = "Z"] =
    dayPattern.exec(text) ?? timePattern.exec(text) ?? [];
  if (!year || !month || !day) return null;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const offset = zone === "Z" ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const time = new Date(`${date}T${hour.padStart(2, "0")}:${minute}:${second}${offset}`);
  // `2024-02-30` would roll over into March.
  const dayExists = new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date);
  return Number.isNaN(time.getTime()) || !dayExists ? null : time.toISOString();
}
