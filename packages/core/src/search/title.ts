import type { Core } from "../core.ts";
import { tagKeyOf } from "../list/list.contract.ts";
import type { Locale } from "../locale.ts";
import { publishedPosts, type Snapshot } from "../post/published-post.entity.ts";
import { settingsOf } from "../post/settings.ts";
import { readQuery } from "./query.ts";
import type { SearchResults } from "./search.contract.ts";
import type { Narrowing } from "./search-index.ts";
import { mark, patternOf } from "./text/passage.ts";
import { titleKeyOf } from "./title-key.ts";

interface TitleRequest extends Pick<Narrowing, "tag" | "authorId" | "year"> {
  readonly title: string;
  readonly lang: Locale;
  readonly limit: number;
}

/** Titles that are looked at for those that are wanted. */
const mostTitles = 100;

/** What works without any index: posts of a language whose title begins with what was typed. */
export async function findByTitle(core: Core, asked: TitleRequest): Promise<SearchResults> {
  const { title, lang, limit } = asked;
  const { data } = await publishedPosts(core)
    .query.byTitle({ lang })
    .begins({ titleKey: titleKeyOf(title) })
    .go({ limit: mostTitles });
  const pattern = patternOf(readQuery(title));
  const listed = data.filter((post) => isWanted(post, asked)).slice(0, limit);
  return {
    items: listed.map((post: Snapshot) => ({
      postId: post.postId,
      lang: post.lang,
      slug: post.slug,
      title: mark(post.title, pattern),
      passage: mark(post.description, undefined),
      tags: post.tags,
      author: post.author,
      publishedAt: post.publishedAt,
    })),
    total: listed.length,
    source: "titles",
  };
}

/** An unlisted post is found by its address alone. */
function isWanted(post: Snapshot, { tag, authorId, year }: TitleRequest): boolean {
  return (
    !settingsOf(post).unlisted &&
    (tag === undefined || post.tags.some((each) => tagKeyOf(each) === tagKeyOf(tag))) &&
    (authorId === undefined || post.author.accountId === authorId) &&
    (year === undefined || post.publishedAt.startsWith(`${year}-`))
  );
}
