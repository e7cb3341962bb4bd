const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const COUNT = new Intl.NumberFormat("en");

/** `14:03:09.120` */
export function clock(at: number): string {
  return `${CLOCK.format(at)}.${String(at % 1000).padStart(3, "0")}`;
}

/** `Saturday 21 November` */
export function day(at: number): string {
  return DAY.format(at);
}

export function count(value: number): string {
  return COUNT.format(value);
}

/** `0.4 ms`, `23 ms`, `1.25 s`, `2 min` */
export function duration(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(2)} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}

/** Small sums need their places: `$0.000026`. */
export function dollars(value: number): string {
  if (value === 0) return "$0";
  if (value >= 1) return `$${value.toFixed(2)}`;
  return `$${value.toFixed(Math.min(9, 2 - Math.floor(Math.log10(value))))}`;
}

/** How long ago or until then: `3 s`, `5 min`, `2 h`, `4 d`. */
export function span(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1_000;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
