/** The values of one field, or a rule that depends on the month. */
type DayRule = (year: number, month: number, day: number) => boolean;

/** A parsed cron expression of EventBridge: six fields, of which one of the day fields is `?`. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Tells whether it runs on that day. Months count from 1. */
  runsOn(year: number, month: number, day: number): boolean;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/**
 * Parses what stands between the brackets of `cron(…)`: minutes, hours, day of
 * month, month, day of week (1 is Sunday), year; with `*`, `?`, lists, ranges,
 * steps, `L`, `W`, `#` and names.
 * @throws Error that names the mistake
 */
export function parseCron(expression: string): Cron {
  const fields = expression.trim().split(/\s+/);
  const [minutes = "", hours = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = fields;
  if (fields.length !== 6) throw invalid(expression, "it needs six fields");
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
    throw invalid(expression, "exactly one of day-of-month and day-of-week must be ?");
  }
  const list = (field: string, from: number, to: number, names: readonly string[] = []) =>
    parseList(field, { from, to, names, expression });
  const months = new Set(list(month, 1, 12, MONTHS));
  const years = new Set(list(year, 1970, 2199));
  const isDay =
    dayOfWeek === "?"
      ? parseDayOfMonth(dayOfMonth, (field) => list(field, 1, 31))
      : parseDayOfWeek(dayOfWeek, (field) => list(field, 1, 7, WEEKDAYS));
  return {
    minutes: list(minutes, 0, 59),
    hours: list(hours, 0, 23),
    runsOn: (y, m, d) => years.has(y) && months.has(m) && isDay(y, m, d),
  };
}

interface FieldRules {
  readonly from: number;
  readonly to: number;
  /** Names of the values, the first for `from`. */
  readonly names: readonly string[];
  readonly expression: string;
}

/** `*`, `5`, `1-5`, `1,3`, `0/15`, `10-40/10`, `MON-FRI`. */
function parseList(field: string, { from, to, names, expression }: FieldRules): number[] {
  const value = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    const number = named >= 0 ? named + from : Number(text);
    if (!/^\w+$/.test(text) || !Number.isInteger(number) || number < from || number > to) {
      throw invalid(expression, `"${field}" must be within ${from} and ${to}`);
    }
    return number;
  };
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "", step] = part.split("/");
    const [first = "", last] = range.split("-");
    const start = first === "*" ? from : value(first);
    const isOpen = first === "*" || (step !== undefined && last === undefined);
    const end = isOpen ? to : last === undefined ? start : value(last);
    const every = step === undefined ? 1 : Number(step);
    if (!Number.isInteger(every) || every < 1) throw invalid(expression, `"${field}" has a wrong step`);
    if (end < start) throw invalid(expression, `"${field}" ends before it begins`);
    for (let number = start; number <= end; number += every) values.add(number);
  }
  return [...values].sort((a, b) => a - b);
}

/** `L` is the last day, `15W` the working day nearest to the 15th within the month. */
function parseDayOfMonth(field: string, list: (field: string) => number[]): DayRule {
  if (field === "L") return (year, month, day) => day === daysIn(year, month);
  const nearest = /^(\d+)W$/.exec(field)?.[1];
  if (nearest) {
    const [wanted = 1] = list(nearest);
    return (year, month, day) => day === nearestWorkingDay(year, month, wanted);
  }
  const days = new Set(list(field));
  return (_year, _month, day) => days.has(day);
}

/** `L` is Saturday, `6L` the month's last Friday, `3#2` its second Tuesday. */
function parseDayOfWeek(field: string, list: (field: string) => number[]): DayRule {
  const special = /^(\w+?)(?:(L)|#([1-5]))$/.exec(field);
  if (special?.[1]) {
    const [wanted = 1] = list(special[1]);
    const nth = Number(special[3]);
    return (year, month, day) => {
      if (weekday(year, month, day) !== wanted) return false;
      return special[2] ? day + 7 > daysIn(year, month) : Math.ceil(day / 7) === nth;
    };
  }
  const days = new Set(field === "L" ? [7] : list(field));
  return (year, month, day) => days.has(weekday(year, month, day));
}

function nearestWorkingDay(year: number, month: number, day: number): number {
  const last = daysIn(year, month);
  const wanted = Math.min(day, last);
  const at = weekday(year, month, wanted);
  if (at === 7) return wanted === 1 ? 3 : wanted - 1;
  if (at === 1) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}

/** 1 is Sunday. */
function weekday(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function invalid(expression: string, reason: string): Error {
  return new Error(`The schedule cron(${expression}) is not valid: ${reason}.`);
}
