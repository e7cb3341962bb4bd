import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { Locale } from "../locale.ts";
import { tagKeyOf } from "./list.contract.ts";
import { lists } from "./list.entity.ts";

/** Names that a tag may have had one after another until one is looked for no further. */
const mostNames = 10;

/** These tags as they are called by now, each once: a tag that was moved is the one that took its place. */
export async function currentTags(core: Core, lang: Locale, tags: readonly string[]): Promise<string[]> {
  let current = [...tags];
  for (let step = 0; step < mostNames; step++) {
    const moves = await readMoves(core, lang, current);
    if (moves.size === 0) break;
    current = current.map((tag) => moves.get(tagKeyOf(tag)) ?? tag);
  }
  return [...new Map(current.map((tag) => [tagKeyOf(tag) || tag, tag])).values()];
}

/** Of those of the tags that were moved: what they are called now, by their keys. */
async function readMoves(core: Core, lang: Locale, tags: readonly string[]): Promise<Map<string, string>> {
  const names = new Set(tags.map(tagKeyOf).filter((name) => name !== ""));
  if (names.size === 0) return new Map();
  const { data, unprocessed } = await lists(core)
    .get([...names].map((name) => ({ lang, kind: "tag" as const, name })))
    .go({ consistent: true });
  if (unprocessed.length > 0) throw new AppError("unavailable");
  return new Map(data.flatMap(({ name, movedTo }) => (movedTo ? [[name, movedTo.title] as const] : [])));
}
