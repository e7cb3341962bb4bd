import type { Locale } from "@haru/core/locale";
import { profileTag } from "@haru/core/page-tag";
import type { Profile } from "@haru/core/profile/profile.contract";
import { cachedApi } from "../api.ts";
import { authorPath } from "../features/site/address.ts";
import { ifThere } from "./answer.tsx";
import { type ListPlace, placeOf } from "./list-place.ts";

/**
 * Who an address below `/ko/authors` names: by handle, also by one that was given up, or by account id.
 * Whom a handle names is kept by the handle, and what is known of the person by the account, so that
 * each is made anew when it changes.
 */
export async function readAuthor(locale: Locale, name: string): Promise<Profile> {
  const known = await readProfile(locale, name);
  return known.accountId === name ? known : readProfile(locale, known.accountId);
}

function readProfile(locale: Locale, name: string): Promise<Profile> {
  return cachedApi(locale, [profileTag(name)]).profile.read({ name: name as Profile["accountId"] });
}

/** Who wrote a post, as they are now. Undefined when they have no account, and the post's own word stands. */
export function findAuthor(locale: Locale, accountId: Profile["accountId"]): Promise<Profile | undefined> {
  return ifThere(readProfile(locale, accountId));
}

/** What the person is called in the one address of the page. */
export function nameOf({ handle, accountId }: Profile): string {
  return handle ?? accountId;
}

/** The author's posts, at the address with the handle; the feeds keep the one that never changes. */
export function placeOfAuthor(locale: Locale, author: Profile): ListPlace | undefined {
  const place = placeOf(locale, "authors", author.accountId);
  return place && { ...place, path: authorPath(locale, nameOf(author)), feeds: place.path };
}
