/** Wall-clock time. Months count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export interface TimeZone {
  /** @param time milliseconds since the epoch */
  toWall(time: number): WallTime;
  /**
   * Milliseconds since the epoch, the first of two where clocks are set back;
   * undefined for a time that clocks skip when they are set forward.
   */
  fromWall(wall: WallTime): number | undefined;
}

/** @throws RangeError for a name that is not in the tz database */
export function timeZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });

  function toWall(time: number): WallTime {
    const parts = format.formatToParts(time).map(({ type, value }) => [type, Number(value)] as const);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = Object.fromEntries(parts);
    return { year, month, day, hour, minute, second };
  }

  return {
    toWall,
    fromWall(wall) {
      const asUtc = inUtc(wall);
      // The offsets a day before and after are the only ones that can hold.
      const offsets = [asUtc - 86_400_000, asUtc + 86_400_000].map((time) => inUtc(toWall(time)) - time);
      const candidates = offsets.map((offset) => asUtc - offset).sort((a, b) => a - b);
      return candidates.find((time) => inUtc(toWall(time)) === asUtc);
    },
  };
}

function inUtc({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
