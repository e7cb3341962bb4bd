import type { Match, Query } from "../query.ts";

/** The columns in which words stand in their order. Names of parts come in none, but they count as words. */
const phraseColumns = "{title tags headings text parts}";
const beginningColumns = "{letters vocabulary}";

/** A token as FTS5 takes it whatever it holds: quoted, so that nothing in it is an operator. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function expressionOf(match: Match): string {
  if (match.kind === "phrase") {
    return `${phraseColumns} : ${quoted(match.tokens.join(" "))}${match.isOpen ? " *" : ""}`;
  }
  if (match.kind === "initials") return `initials : ${quoted(match.letters)} *`;
  return `${beginningColumns} : ${quoted(match.letters)} *`;
}

function anyOf(matches: readonly Match[]): string {
  return `(${matches.map(expressionOf).join(" OR ")})`;
}

/** What FTS5 is asked for, or nothing when no word was typed. */
export function matchOf({ needs, whole }: Query, needsAll: boolean): string | undefined {
  if (needs.length === 0) return undefined;
  const words = needs.map(({ matches }) => anyOf(matches)).join(needsAll ? " AND " : " OR ");
  return whole ? `(${words}) OR ${expressionOf(whole)}` : words;
}

/** For each need what has it: in a query for any of them, those that have more come first. */
export function matchesOfNeeds({ needs }: Query): string[] {
  return needs.map(({ matches }) => anyOf(matches));
}

export function exclusionOf({ excluded }: Query): string | undefined {
  return excluded.length > 0 ? anyOf(excluded) : undefined;
}
