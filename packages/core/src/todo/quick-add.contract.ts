import { type Due, type Repeat, type TodoContent, todoLimits } from "./todo.contract.ts";

/** What a line says, beside its title. */
export type QuickTodo = Pick<TodoContent, "title" | "due" | "repeat" | "priority" | "tags">;

/** When and where the line is written: "tomorrow" means nothing otherwise. */
export interface QuickMoment {
  readonly now: Date;
  /** IANA name. */
  readonly timeZone: string;
}

interface Reading {
  rest: string;
  /** Days in UTC stand for days in the calendar: nothing here is a moment. */
  day: Date | undefined;
  time: string | null;
  repeat: Repeat | null;
}

const dayMilliseconds = 86_400_000;
const koreanDays = "일월화수목금토";
const englishDays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const english = "(sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?";

/**
 * Reads a line as people write one, in Korean or English: `내일 오후 3시 치과 #건강 !1`,
 * `every Monday 9am report`. What is not understood stays in the title, and a line that would
 * have none is its own title.
 */
export function readQuickTodo(line: string, moment: QuickMoment): QuickTodo {
  const tags: string[] = [];
  let priority = 0;
  let rest = line.replace(/(^|\s)#([\p{L}\p{N}_-]+)(?=\s|$)/gu, (whole, space: string, tag: string) => {
    if (tag.length > todoLimits.tagLength || tags.length >= todoLimits.tags) return whole;
    if (!tags.includes(tag)) tags.push(tag);
    return space;
  });
  rest = rest.replace(/(^|\s)!([1-3])(?=\s|$)/, (_, space: string, level: string) => {
    priority = Number(level);
    return space;
  });
  const today = todayOf(moment);
  const reading: Reading = { rest, day: undefined, time: null, repeat: null };
  for (const rule of rules) readRule(reading, rule, today);
  const title = reading.rest.replace(/\s+/g, " ").trim();
  if (title === "") return { title: line.trim(), due: null, repeat: null, priority: 0, tags: [] };
  return { title, due: dueOf(reading, today, moment), repeat: reading.repeat, priority, tags };
}

interface Rule {
  readonly pattern: RegExp;
  /** Answers false when the words only look like it. */
  read(reading: Reading, groups: readonly string[], today: Date): boolean | undefined;
}

/** A rule takes its words out of the line, where they stand by themselves. */
function readRule(reading: Reading, { pattern, read }: Rule, today: Date): void {
  const alone = new RegExp(`(?<=^|\\s)(?:${pattern.source})(?=\\s|$)`, "iu");
  const found = alone.exec(reading.rest);
  if (!found || read(reading, found.slice(1), today) === false) return;
  reading.rest = reading.rest.slice(0, found.index) + reading.rest.slice(found.index + found[0].length);
}

const rules: readonly Rule[] = [
  {
    pattern: /매일|every ?day|daily/,
    read: (reading, _, today) => repeat(reading, today, "day", []),
  },
  {
    pattern: new RegExp(`매주 ?([${koreanDays}])(?:요일)?(?:마다)?|every ${english}`),
    read: (reading, [korean, name], today) => repeat(reading, today, "week", [weekdayOf(korean, name)]),
  },
  {
    pattern: /평일(?:마다)?|매 ?평일|every weekday/,
    read: (reading, _, today) => repeat(reading, today, "week", [1, 2, 3, 4, 5]),
  },
  {
    pattern: /매달|매월|every month|monthly/,
    read: (reading, _, today) => repeat(reading, today, "month", []),
  },
  { pattern: /매년|every year|yearly/, read: (reading, _, today) => repeat(reading, today, "year", []) },
  { pattern: /오늘|today/, read: (reading, _, today) => on(reading, today, 0) },
  { pattern: /내일|tomorrow|tmr/, read: (reading, _, today) => on(reading, today, 1) },
  { pattern: /모레/, read: (reading, _, today) => on(reading, today, 2) },
  { pattern: /글피/, read: (reading, _, today) => on(reading, today, 3) },
  {
    pattern: /(\d{1,3})일 ?[뒤후]|in (\d{1,3}) days?/,
    read: (reading, [korean, count], today) => on(reading, today, Number(korean ?? count)),
  },
  {
    pattern: new RegExp(`다음 ?주 ?([${koreanDays}])(?:요일)?|next week ${english}`),
    read: (reading, [korean, name], today) =>
      on(reading, mondayOf(today), 7 + ((weekdayOf(korean, name) + 6) % 7)),
  },
  {
    pattern: new RegExp(`(?:이번 ?주 ?)?([${koreanDays}])요일|(?:on |next )?${english}`),
    read: (reading, [korean, name], today) => on(reading, today, daysUntil(today, weekdayOf(korean, name))),
  },
  { pattern: /(\d{4})-(\d{2})-(\d{2})/, read: (reading, [y, m, d]) => onDate(reading, Number(y), m, d) },
  {
    pattern: /(\d{1,2})월 ?(\d{1,2})일|(\d{1,2})\/(\d{1,2})/,
    read: (reading, [m, d, month, day], today) => {
      const year = today.getUTCFullYear();
      if (!onDate(reading, year, m ?? month, d ?? day)) return false;
      // A day that is over this year is meant next year.
      if (reading.day && reading.day < today) onDate(reading, year + 1, m ?? month, d ?? day);
      return true;
    },
  },
  {
    pattern: /(오전|오후|새벽|아침|낮|저녁|밤)? ?(\d{1,2})시(?: ?(\d{1,2})분| ?(반))?(?:에)?/,
    read: (reading, [part, hour, minute, half]) =>
      at(reading, Number(hour), half ? 30 : Number(minute ?? 0), koreanHalf(part, Number(hour))),
  },
  {
    pattern: /(?:at )?(\d{1,2})(?::(\d{2}))? ?(am|pm)/,
    read: (reading, [hour, minute, half]) =>
      at(reading, Number(hour), Number(minute ?? 0), half?.toLowerCase() as "am" | "pm"),
  },
  {
    pattern: /(?:at )?(\d{1,2}):(\d{2})/,
    read: (reading, [hour, minute]) => at(reading, Number(hour), Number(minute), undefined),
  },
];

function repeat(reading: Reading, today: Date, every: Repeat["every"], weekdays: readonly number[]): boolean {
  reading.repeat = { every, interval: 1, weekdays: [...weekdays] };
  const days = weekdays.map((weekday) => daysUntil(today, weekday, 0));
  return on(reading, today, Math.min(...days, ...(weekdays.length > 0 ? [] : [0])));
}

function on(reading: Reading, from: Date, days: number): boolean {
  reading.day = new Date(from.getTime() + days * dayMilliseconds);
  return true;
}

function onDate(reading: Reading, year: number, month: string | undefined, day: string | undefined): boolean {
  const date = new Date(Date.UTC(year, Number(month) - 1, Number(day)));
  // The calendar turns a 31st of February into March; a person meant something else.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return false;
  reading.day = date;
  return true;
}

function at(reading: Reading, hour: number, minute: number, half: "am" | "pm" | undefined): boolean {
  if (minute > 59 || hour > 23 || (half && (hour > 12 || hour === 0))) return false;
  const hours = half ? (hour % 12) + (half === "pm" ? 12 : 0) : hour;
  reading.time = `${String(hours).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  return true;
}

/** "3시" alone means the afternoon to most people, "9시" the morning. */
function koreanHalf(part: string | undefined, hour: number): "am" | "pm" | undefined {
  if (hour > 12 || hour === 0) return undefined;
  if (part === undefined) return hour === 12 || hour < 7 ? "pm" : "am";
  if (part === "낮") return hour >= 10 && hour < 12 ? "am" : "pm";
  // Twelve at night begins a day.
  if (part === "밤" && hour === 12) return "am";
  return ["오후", "저녁", "밤"].includes(part) ? "pm" : "am";
}

function weekdayOf(korean: string | undefined, name: string | undefined): number {
  return korean ? koreanDays.indexOf(korean) : englishDays.indexOf((name ?? "").slice(0, 3).toLowerCase());
}

/** The next such day; today's name means a week from now, unless `least` lets it be today. */
function daysUntil(today: Date, weekday: number, least = 1): number {
  const days = (weekday - today.getUTCDay() + 7) % 7;
  return days < least ? days + 7 : days;
}

function mondayOf(today: Date): Date {
  return new Date(today.getTime() - ((today.getUTCDay() + 6) % 7) * dayMilliseconds);
}

/** The day that it is where the person is. */
function todayOf({ now, timeZone }: QuickMoment): Date {
  return new Date(`${new Intl.DateTimeFormat("sv-SE", { timeZone }).format(now)}T00:00:00Z`);
}

/** A time without a day is today's, or tomorrow's when it is over. */
function dueOf({ day, time }: Reading, today: Date, { now, timeZone }: QuickMoment): Due | null {
  if (!day && time === null) return null;
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(
    now,
  );
  const isOver = time !== null && time <= clock;
  const date = day ?? new Date(today.getTime() + (isOver ? dayMilliseconds : 0));
  return { date: date.toISOString().slice(0, 10), time, timeZone };
}
