import { isDeepStrictEqual } from "node:util";
import type { Core } from "../core.ts";
import { listsTag, listTag, membersTag, pageTag } from "../page-tag.ts";
import { publishedTranslations } from "../post/post.ts";
import type { Snapshot } from "../post/published-post.entity.ts";
import { type Listed, listsOf } from "./list.contract.ts";
import { neighbours } from "./list.ts";

/** What of a snapshot decides where it is shown. */
export type ShownPost = Pick<
  Snapshot,
  "lang" | "slug" | "postId" | "workId" | "tags" | "author" | "publishedAt" | "revision"
> &
  Pick<Listed, "settings">;

/**
 * The tags of all pages that are out of date when a snapshot came, changed or left: its own page, its
 * lists, and those that name it, which are its translations, its neighbours and what is related to it.
 */
export async function staleTags(
  core: Core,
  before: ShownPost | undefined,
  after: ShownPost | undefined,
): Promise<string[]> {
  const shown = [before, after].filter((post) => post !== undefined);
  const lists = shown.flatMap(listsOf);
  const own = [...shown.map(({ lang, slug }) => pageTag(lang, slug)), ...lists.map(listTag)];
  // A comment changes a count, which only the post itself and its lists show, and nothing else.
  if (before && after && isSameText(before, after)) return [...new Set(own)];
  const places = await Promise.all(shown.map((post) => placesThatName(core, post)));
  const others = [
    ...lists.map(membersTag),
    ...lists.flatMap(({ lang, kind }) => (lang === "any" ? [] : [listsTag(lang, kind)])),
    ...places.flat().map(({ lang, slug }) => pageTag(lang, slug)),
  ];
  return [...new Set([...own, ...others])];
}

async function placesThatName(core: Core, post: ShownPost) {
  const [translations, { newer, older }] = await Promise.all([
    publishedTranslations(core, post.workId),
    neighbours(core, post),
  ]);
  return [...translations, newer, older].filter((place) => place !== undefined);
}

/** Tags change without a revision when one is renamed. */
function isSameText(before: ShownPost, after: ShownPost): boolean {
  return before.revision === after.revision && isDeepStrictEqual(before.tags, after.tags);
}
