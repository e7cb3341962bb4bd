import { createConversions } from "electrodb";
import * as z from "zod";
import { timestampSchema } from "../contract.ts";
import type { Core } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { idSchema } from "../id.ts";
import { type Locale, locales } from "../locale.ts";
import { operation } from "../operation.ts";
import { translations } from "../post/post.entity.ts";
import { readSnapshots } from "../post/post.ts";
import type { Snapshot } from "../post/published-post.entity.ts";
import { listContract, listName } from "./list.contract.ts";
import { listedPosts } from "./list.entity.ts";

const placeInMonth = z.object({ publishedAt: timestampSchema, postId: idSchema("post") });

export const addresses = operation(
  listContract.addresses.input,
  async (core: Core, { lang, month, ...request }) => {
    const list = listName({ lang, kind: "month", name: month });
    const { toCursor } = createConversions(listedPosts(core)).byAccessPattern.inOrder.fromComposite;
    const page = await readPage(core, request, placeInMonth, (after, limit) => {
      const cursor = after ? toCursor({ list, ...after }) : null;
      return listedPosts(core).query.inOrder({ list }).go({ limit, cursor, consistent: true });
    });
    const posts = await readSnapshots(core, page.items);
    const others = await readOtherLanguages(core, posts, lang);
    return {
      ...page,
      items: posts.map(({ slug, title, updatedAt, workId }) => ({
        lang,
        slug,
        title,
        updatedAt,
        translations: others.filter((other) => other.workId === workId).map(({ link }) => link),
      })),
    };
  },
);

/** What the works of these posts are called in the languages in which readers find them as well. */
async function readOtherLanguages(core: Core, posts: readonly Snapshot[], own: Locale) {
  const keys = posts.flatMap(({ workId }) =>
    locales.filter((lang) => lang !== own).map((lang) => ({ workId, lang })),
  );
  if (keys.length === 0) return [];
  const { data, unprocessed } = await translations(core).get(keys).go({ consistent: true });
  if (unprocessed.length > 0) throw new AppError("unavailable");
  return data.flatMap(({ workId, lang, published }) =>
    published ? [{ workId, link: { lang, slug: published.slug, title: published.title } }] : [],
  );
}
