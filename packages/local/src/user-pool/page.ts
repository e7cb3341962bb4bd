import { invalidParameter } from "./error.ts";
import { type Input, optionalInteger, optionalText } from "./input.ts";

/** AWS's pages hold 60 entries at most. */
const MAXIMUM_PAGE = 60;

/** One page that a caller asks for: entries whose keys come after `after`. */
export interface PageRequest {
  readonly after: string;
  readonly limit: number;
}

/**
 * Reads `Limit` and the token of the page before.
 * @param tokenName `PaginationToken` or `NextToken`, as the operation calls it
 */
export function readPage(input: Input, tokenName: string): PageRequest {
  const token = optionalText(input, tokenName);
  return {
    after: token === undefined ? "" : decode(token),
    limit: optionalInteger(input, "Limit", 0, MAXIMUM_PAGE) || MAXIMUM_PAGE,
  };
}

/** The token that continues after an entry. */
function pageToken(lastKey: string): string {
  return Buffer.from(JSON.stringify({ after: lastKey })).toString("base64");
}

/**
 * Answers one page of entries that all match, and the token of the next one.
 * @param load answers up to `limit` entries whose keys come after the given one
 */
export function fillPage<T>(
  { after, limit }: PageRequest,
  load: (after: string, limit: number) => readonly T[],
  keyOf: (entry: T) => string,
  matches: (entry: T) => boolean = () => true,
): { readonly entries: readonly T[]; readonly token: string | undefined } {
  const entries: T[] = [];
  let cursor = after;
  for (;;) {
    const batch = load(cursor, MAXIMUM_PAGE + 1);
    for (const entry of batch) {
      if (matches(entry)) {
        if (entries.length === limit) return { entries, token: pageToken(cursor) };
        entries.push(entry);
      }
      cursor = keyOf(entry);
    }
    if (batch.length <= MAXIMUM_PAGE) return { entries, token: undefined };
  }
}

function decode(token: string): string {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, "base64").toString("utf8"));
    const after = (value as { after?: unknown } | null)?.after;
    if (typeof after === "string") return after;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalidParameter("Invalid pagination token.");
}
