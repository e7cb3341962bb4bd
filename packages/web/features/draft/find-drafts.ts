import { ApiError, type Client } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import type { DraftSummary, PostState } from "@haru/core/post/post.contract";
import type { contracts } from "@haru/core/routes";

type Api = Pick<Client<typeof contracts>, "post" | "search">;

export interface DraftFilter {
  /** Words of the post, as for any search. */
  readonly words: string;
  readonly state: PostState | "";
  readonly lang: Locale | "";
}

export interface DraftPage {
  readonly items: readonly DraftSummary[];
  readonly cursor?: string | undefined;
  /** Where the cursor leads on. */
  readonly source: "list" | "index";
}

/**
 * The author's posts that a filter leaves. Words are looked up in the index; while it cannot be
 * reached, and among deleted posts, which it does not hold, they are a part of the title.
 * @param after the page that this one goes on from
 */
export async function findDrafts(
  { post, search }: Api,
  { words, state, lang }: DraftFilter,
  after?: DraftPage,
): Promise<DraftPage> {
  const q = words.trim();
  const narrowed = { ...(state ? { state } : {}), ...(lang ? { lang } : {}) };
  const cursor = after?.cursor ? { cursor: after.cursor } : {};
  if (q && state !== "deleted" && after?.source !== "list") {
    try {
      return { ...(await search.findOwn({ q, ...narrowed, ...cursor })), source: "index" };
    } catch (error) {
      if (!(error instanceof ApiError && error.code === "unavailable") || after) throw error;
    }
  }
  const found = await post.listDrafts({ ...(q ? { title: q } : {}), ...narrowed, ...cursor });
  return { ...found, source: "list" };
}
