import { createConversions } from "electrodb";
import * as z from "zod";
import { type InputOf, timestampSchema } from "../contract.ts";
import type { ActorCore } from "../core.ts";
import { readPage } from "../cursor.ts";
import { idSchema } from "../id.ts";
import { operation } from "../operation.ts";
import { draftSummaryOf } from "./draft.ts";
import { postContract } from "./post.contract.ts";
import { type Post, posts } from "./post.entity.ts";

const placeInAuthor = z.object({ updatedAt: timestampSchema, postId: idSchema("post") });

/** Rows that one call looks at in search of those that are wanted. Who wants more asks on. */
const mostRows = 1_000;
const rowsPerSearch = 250;

export const listDrafts = operation(
  postContract.listDrafts.input,
  async (core: ActorCore, { cursor: given, limit, ...filter }) => {
    const { accountId: authorId } = core.actor;
    const { toCursor } = createConversions(posts(core)).byAccessPattern.byAuthor.fromComposite;
    const isSearch = Object.values(filter).some((value) => value !== undefined);
    const isWanted = judgeOf(filter);
    const page = await readPage(core, { cursor: given, limit }, placeInAuthor, async (after, wanted) => {
      const found: Post[] = [];
      let cursor = after ? toCursor({ authorId, ...after }) : null;
      let lookedAt: Post | undefined;
      let seen = 0;
      do {
        const rows = await posts(core)
          .query.byAuthor({ authorId })
          .go({ order: "desc", limit: isSearch ? rowsPerSearch : wanted, cursor });
        found.push(...rows.data.filter(isWanted));
        lookedAt = rows.data.at(-1) ?? lookedAt;
        seen += rows.data.length;
        cursor = rows.cursor;
      } while (cursor !== null && found.length < wanted && seen < mostRows);
      return { data: found.slice(0, wanted), cursor, lookedAt };
    });
    return { ...page, items: page.items.map(draftSummaryOf) };
  },
);

type Filter = Omit<InputOf<typeof postContract.listDrafts>, "cursor" | "limit">;

function judgeOf({ state, lang, tag, title }: Filter): (post: Post) => boolean {
  const part = title?.toLowerCase();
  return (post) =>
    (state === undefined ? post.state !== "deleted" : post.state === state) &&
    (lang === undefined || post.lang === lang) &&
    (tag === undefined || post.tags.includes(tag)) &&
    (part === undefined || post.title.toLowerCase().includes(part));
}
