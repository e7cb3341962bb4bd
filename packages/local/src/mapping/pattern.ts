import { BlockList, isIP } from "node:net";

/** Tells whether a record passes. */
export type Matcher = (record: unknown) => boolean;
/** Tells whether one value that is no object passes. */
type LeafMatcher = (value: unknown) => boolean;
type Json = Readonly<Record<string, unknown>>;

/**
 * Compiles the filters of an event source mapping (`filterCriteria.filters`):
 * a record passes when it matches one of them, or when there are none.
 * @throws Error that names the mistake, as AWS refuses such a mapping
 */
export function compileFilters(filters: readonly { readonly pattern: string }[]): Matcher {
  const matchers = filters.map(({ pattern }) => compilePattern(pattern));
  return (record) => matchers.length === 0 || matchers.some((matches) => matches(record));
}

/**
 * Compiles an event pattern with the operators of EventBridge, which Lambda's
 * event filtering shares. Numbers are compared by value, so that `300` and
 * `300.0` are equal here; AWS compares how they are written.
 * @param pattern JSON text
 * @throws Error that names the mistake
 */
export function compilePattern(pattern: string): Matcher {
  let parsed: unknown;
  try {
    parsed = JSON.parse(pattern);
  } catch (error) {
    throw invalid(`it is no JSON (${(error as Error).message}): ${pattern}`);
  }
  if (!isObject(parsed)) throw invalid("it must be a JSON object");
  return compileObject(parsed, "");
}

function compileObject(pattern: Json, path: string): Matcher {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalid(`${path || "the pattern"} is empty`);
  const matchers = entries.map(([name, rule]): Matcher => {
    if (name === "$or") return compileOr(rule, path);
    const field = path ? `${path}.${name}` : name;
    if (Array.isArray(rule)) {
      const matches = compileField(rule, field);
      return (record) => matches(isObject(record) ? record[name] : undefined);
    }
    if (!isObject(rule)) throw invalid(`${field} must be an object or an array`);
    const matches = compileObject(rule, field);
    return (record) => elements(isObject(record) ? record[name] : undefined).some(matches);
  });
  return (record) => matchers.every((matches) => matches(record));
}

function compileOr(rule: unknown, path: string): Matcher {
  if (!Array.isArray(rule) || rule.length < 2) throw invalid("$or needs a list of two or more patterns");
  const matchers = rule.map((option: unknown) => {
    if (!isObject(option)) throw invalid("$or must hold objects");
    return compileObject(option, path);
  });
  return (record) => matchers.some((matches) => matches(record));
}

/** The rules of one field, of which one has to match one of the field's values. */
function compileField(rules: readonly unknown[], field: string): Matcher {
  if (rules.length === 0) throw invalid(`${field} has no rules`);
  const absent = rules.some((rule) => isObject(rule) && rule.exists === false);
  const matchers = rules.map((rule) => compileRule(rule, field));
  return (value) => {
    // An object is no leaf: for a rule it is as if the field were not there.
    const leaves = elements(value).filter((leaf) => leaf !== undefined && !isObject(leaf));
    if (leaves.length === 0) return absent;
    return leaves.some((leaf) => matchers.some((matches) => matches(leaf)));
  };
}

function compileRule(rule: unknown, field: string): LeafMatcher {
  if (!isObject(rule)) return (leaf) => leaf === rule;
  const [[operator, operand] = [], ...more] = Object.entries(rule);
  if (more.length > 0) throw invalid(`${field} has more than one operator in one rule`);
  switch (operator) {
    case "exists":
      if (typeof operand !== "boolean") throw invalid(`"exists" of ${field} must be true or false`);
      return () => operand;
    case "numeric":
      return compileNumeric(operand, field);
    case "anything-but":
      return compileAnythingBut(operand, field);
    case "cidr":
      return compileCidr(operand, field);
    default:
      return compileText(operator, operand, field);
  }
}

/** Operators on strings: `prefix`, `suffix`, `equals-ignore-case`, `wildcard`. */
function compileText(operator: string | undefined, operand: unknown, field: string): LeafMatcher {
  if ((operator === "prefix" || operator === "suffix") && isObject(operand)) {
    const text = operand["equals-ignore-case"];
    if (typeof text !== "string" || Object.keys(operand).length > 1) {
      throw invalid(`"${operator}" of ${field} must be a string or {"equals-ignore-case": string}`);
    }
    const matches = compileText(operator, text.toLowerCase(), field);
    return (leaf) => typeof leaf === "string" && matches(leaf.toLowerCase());
  }
  if (typeof operand !== "string") throw invalid(`"${operator}" of ${field} must be a string`);
  switch (operator) {
    case "prefix":
      return (leaf) => typeof leaf === "string" && leaf.startsWith(operand);
    case "suffix":
      return (leaf) => typeof leaf === "string" && leaf.endsWith(operand);
    case "equals-ignore-case":
      return (leaf) => typeof leaf === "string" && leaf.toLowerCase() === operand.toLowerCase();
    case "wildcard": {
      const expression = compileWildcard(operand, field);
      return (leaf) => typeof leaf === "string" && expression.test(leaf);
    }
    default:
      throw invalid(`${field} has the unknown operator "${operator}"`);
  }
}

/** `*` stands for any characters; `\*` and `\\` for themselves. */
function compileWildcard(wildcard: string, field: string): RegExp {
  const parts = wildcard.match(/\\[\\*]|\*+|[^\\*]+|\\/g) ?? [];
  const source = parts.map((part) => {
    if (part === "*") return ".*";
    if (/^\*+$/.test(part)) throw invalid(`"wildcard" of ${field} has two * in a row`);
    if (part === "\\") throw invalid(`"wildcard" of ${field} has a lone backslash`);
    return (part.startsWith("\\") ? part.slice(1) : part).replace(/[.+?^${}()|[\]\\*]/g, "\\$&");
  });
  return new RegExp(`^${source.join("")}$`, "s");
}

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  "=": (value, limit) => value === limit,
  "<": (value, limit) => value < limit,
  "<=": (value, limit) => value <= limit,
  ">": (value, limit) => value > limit,
  ">=": (value, limit) => value >= limit,
};

/** `[">", 0, "<=", 5]`. Only JSON numbers match: DynamoDB's, which are strings, never do. */
function compileNumeric(operand: unknown, field: string): LeafMatcher {
  const problem = invalid(`"numeric" of ${field} must be one or two pairs of =, <, <=, >, >= and a number`);
  if (!Array.isArray(operand) || ![2, 4].includes(operand.length)) throw problem;
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = COMPARISONS[operand[index]];
    const limit: unknown = operand[index + 1];
    if (!compare || typeof limit !== "number") throw problem;
    tests.push((value) => compare(value, limit));
  }
  return (leaf) => typeof leaf === "number" && tests.every((passes) => passes(leaf));
}

/** Values, or `{prefix}`, `{suffix}`, `{"equals-ignore-case"}`, `{wildcard}` with one string or several. */
function compileAnythingBut(operand: unknown, field: string): LeafMatcher {
  if (isObject(operand)) {
    const [[operator, texts] = [], ...more] = Object.entries(operand);
    if (more.length > 0) throw invalid(`"anything-but" of ${field} has more than one operator`);
    const matchers = elements(texts).map((text) => compileText(operator, text, field));
    return (leaf) => !matchers.some((matches) => matches(leaf));
  }
  const values = elements(operand);
  if (values.length === 0 || values.some((value) => !["string", "number"].includes(typeof value))) {
    throw invalid(`"anything-but" of ${field} must be strings, numbers or an object`);
  }
  return (leaf) => !values.includes(leaf);
}

/** `10.0.0.0/24`, also for IPv6. */
function compileCidr(operand: unknown, field: string): LeafMatcher {
  const [address = "", bits = ""] = typeof operand === "string" ? operand.split("/") : [];
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  const list = new BlockList();
  try {
    list.addSubnet(address, Number(bits || Number.NaN), family);
  } catch {
    throw invalid(`"cidr" of ${field} must be a range such as 10.0.0.0/24`);
  }
  return (leaf) =>
    typeof leaf === "string" && isIP(leaf) !== 0 && list.check(leaf, isIP(leaf) === 6 ? "ipv6" : "ipv4");
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(reason: string): Error {
  return new Error(`Invalid filter pattern definition: ${reason}.`);
}
