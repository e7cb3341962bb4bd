import type * as z from "zod";
import { AppError } from "./errors.ts";
import type { Locale } from "./locale.ts";
import { ruleSentence } from "./sentences.ts";

interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What an ElectroDB query answers: `cursor` is null when DynamoDB reached the end. */
interface Rows<Row> {
  readonly data: Row[];
  readonly cursor: string | null;
  /** The last row that was looked at, where `data` holds only those of the rows that are wanted. */
  readonly lookedAt?: Row | undefined;
}

/**
 * Reads one page of a list. The cursor holds only the place inside the list at which the
 * page ended, checked by `place`, and never a partition: a forged one can start the same
 * list somewhere else, and nothing more.
 * @param place the attributes of the keys that differ within the list
 * @param query runs the query for at most `limit` rows that stand after that place, of which it
 *   makes DynamoDB's start key together with the partition that the request names
 */
export async function readPage<Row extends object, Place>(
  core: { readonly locale: Locale },
  request: PageRequest,
  place: z.ZodType<Place>,
  query: (after: Place | undefined, limit: number) => Promise<Rows<Row>>,
): Promise<{ items: Row[]; cursor?: string }> {
  const after = request.cursor === undefined ? undefined : decode(place, request.cursor, core.locale);
  // One row more than asked for tells whether there is a next page, so that no cursor leads to an empty one.
  const { data, cursor, lookedAt } = await query(after, request.limit + 1);
  const items = data.slice(0, request.limit);
  const isCut = data.length > request.limit;
  const last = isCut ? items.at(-1) : (lookedAt ?? items.at(-1));
  // Fewer rows although there are more: DynamoDB ends an answer at 1 MB.
  const hasMore = isCut || cursor !== null;
  return last && hasMore ? { items, cursor: encode(place.parse(last)) } : { items };
}

function encode(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function decode<Place>(place: z.ZodType<Place>, cursor: string, locale: Locale): Place {
  const parsed = place.safeParse(jsonOrUndefined(Buffer.from(cursor, "base64url").toString()));
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", { fields: { cursor: [ruleSentence("cursor", locale)] } });
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not one of ours: the schema refuses it with a sentence.
  }
}
