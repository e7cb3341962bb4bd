const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const jitterLength = 3;
/** The digits before the point, so to say. */
const wholeLength = 6;
const middle = digits.length ** wholeLength / 2;
const step = 1024;

/**
 * A place between two others, so that moving one todo changes no other. Places are fractions
 * in base 62, compared as text; random digits at the end keep two devices that insert at the
 * same place apart.
 * @param before absent at the start of the list
 * @param after absent at its end; ignored when it does not stand behind `before`
 * @param random a number from 0 up to 1
 */
export function positionBetween(
  before: string | undefined,
  after: string | undefined,
  random: () => number = Math.random,
): string {
  const low = before ?? "";
  const high = after !== undefined && after > low ? after : undefined;
  let jitter = "";
  for (let i = 0; i < jitterLength; i++) jitter += digits[Math.floor(random() * digits.length)];
  // A last digit of zero would leave no room before it.
  const ending = jitter + digits[1 + Math.floor(random() * (digits.length - 1))];
  return (outside(low, high) ?? midpoint(low, high)) + ending;
}

/**
 * Behind the last place and before the first one there is room for whole steps, so that a list
 * which grows at one end keeps short places.
 */
function outside(low: string, high: string | undefined): string | undefined {
  if (low !== "" && high !== undefined) return undefined;
  const whole = low === "" && high === undefined ? middle : wholeOf(low || (high as string));
  const stepped = low !== "" ? whole + step : high === undefined ? whole : whole - step;
  return stepped > 0 && stepped < digits.length ** wholeLength ? encode(stepped) : undefined;
}

function wholeOf(position: string): number {
  const text = position.slice(0, wholeLength).padEnd(wholeLength, "0");
  return [...text].reduce((sum, digit) => sum * digits.length + digits.indexOf(digit), 0);
}

function encode(whole: number): string {
  let text = "";
  for (let rest = whole, i = 0; i < wholeLength; i++, rest = Math.floor(rest / digits.length))
    text = digits[rest % digits.length] + text;
  return text;
}

/** The shortest fraction above `low` and, where there is a `high`, below it. `low` never ends in zero. */
function midpoint(low: string, high: string | undefined): string {
  const from = digits.indexOf(low[0] ?? "0");
  const to = high === undefined ? digits.length : digits.indexOf(high[0] ?? "0");
  if (to - from > 1) return digits[Math.floor((from + to) / 2)] as string;
  const first = digits[from] as string;
  // Equal first digits: what differs comes later. Neighbouring ones: anything above `low` will do.
  const rest = to === from ? high?.slice(1) : undefined;
  return first + midpoint(low.slice(1), rest === "" ? undefined : rest);
}

/** Todos in the order of their places; ids decide between equal ones, alike on every device. */
export function byPosition(
  a: { readonly position: string; readonly todoId: string },
  b: { readonly position: string; readonly todoId: string },
): number {
  if (a.position !== b.position) return a.position < b.position ? -1 : 1;
  return a.todoId < b.todoId ? -1 : a.todoId > b.todoId ? 1 : 0;
}
