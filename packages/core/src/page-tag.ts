import { type ListKey, type ListKind, listKinds, listName } from "./list/list.contract.ts";
import { type Locale, locales } from "./locale.ts";

/*
 * What cached pages are tagged with, and what is said to be out of date when something that readers
 * see has changed. The site and the function that tells it must agree, so the names stand here.
 */

/** Whatever is at the address of one post. */
export function pageTag(lang: Locale, slug: string): string {
  return `post:${lang}:${slug}`;
}

/** All that a list shows, with how many comments each post has. */
export function listTag(list: ListKey): string {
  return `list:${listName(list)}`;
}

/** Which posts stand in a list and what they are called. A comment leaves it alone. */
export function membersTag(list: ListKey): string {
  return `members:${listName(list)}`;
}

/** The list whose members a tag stands for, if it is such a tag. */
export function listOfMembersTag(tag: string): ListKey | undefined {
  const [, lang, kind, name = ""] = /^members:([^/]+)\/([^/]+)\/(.+)$/.exec(tag) ?? [];
  const key = { lang, kind, name } as ListKey;
  const isKnown = listKinds.includes(key.kind) && ["any", ...locales].includes(key.lang);
  return isKnown ? key : undefined;
}

/** Which lists of a kind there are. */
export function listsTag(lang: Locale, kind: ListKind): string {
  return `lists:${lang}/${kind}`;
}

/**
 * What everybody may know of a person, and whom a handle names.
 * @param name an account's id, or a handle
 */
export function profileTag(name: string): string {
  return `profile:${name}`;
}

/** What the site calls itself and where its menu leads, which every page shows. */
export const siteTag = "site";
