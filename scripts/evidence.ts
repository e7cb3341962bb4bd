import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/**
 * Why a claim of a page does not hold, or nothing. A claim is `test <file>: <title>`, `set <file>: <text>`,
 * or a reason that begins with `n/a:` or `open:`.
 */
export function faultOf(evidence: string): string | undefined {
  if (/^(?:n\/a|open): \S/.test(evidence)) return undefined;
  const [, kind, file = "", rest = ""] = /^(test|set) `([^`]+)`: (.+)$/.exec(evidence) ?? [];
  if (!kind) return "says neither a test, a setting, nor why not";
  if (!existsSync(path.join(root, file))) return `${file} is not there`;
  const source = readFileSync(path.join(root, file), "utf8");
  if (kind === "set") {
    const text = /^`(.+)`$/.exec(rest)?.[1] ?? "";
    return text !== "" && source.includes(text) ? undefined : `${file} does not say ${rest}`;
  }
  // A title in quotes or backticks, right after the opening of a test that is not skipped.
  const at = ['"', "`"].map((quote) => source.indexOf(`${quote}${rest}${quote}`)).find((index) => index >= 0);
  if (at === undefined) return `${file} has no test "${rest}"`;
  const opening = source.slice(Math.max(0, at - 400), at);
  return /\btest(?:\.each)?\b/.test(opening) && !/\.(?:skip|todo|fails)\([^;]*$/.test(opening)
    ? undefined
    : `${file} does not run "${rest}"`;
}
