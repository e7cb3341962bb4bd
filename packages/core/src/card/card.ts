import { createHash } from "node:crypto";
import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { PostId } from "../id.ts";
import { deleteBelow, deleteObject, type ObjectCore, storeFile } from "../media/objects.ts";
import { findPublishedPost } from "../post/post.ts";
import { publishedPosts, type Snapshot } from "../post/published-post.entity.ts";
import { productName } from "../product-name.ts";
import { read as readSite } from "../site/site.ts";
import { commit, inTransaction } from "../transaction.ts";
import type { Card } from "./draw.ts";

/** Rises when cards look different: each is drawn anew when its post changes next. */
const cardVersion = 1;

/** What became of a post's card. */
export type Kept = "drawn" | "unchanged" | "removed";

/** A post can change while its card is drawn; so often it is looked at again. */
const attempts = 3;

/**
 * Brings the card of a post up to what readers see of it: drawn when it says something else by now,
 * removed when the post has left the site. It looks at the table alone, so that it may run late, twice
 * and in any order.
 * @param former cards that the post had
 * @throws AppError `unavailable` when the post changed again and again meanwhile
 */
export async function keepCard(core: ObjectCore, postId: PostId, former: readonly string[]): Promise<Kept> {
  const old = new Set(former);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const post = await findPublishedPost(core, postId);
    if (!post) {
      await deleteBelow(core, `${folderOf(postId)}/`);
      return "removed";
    }
    const card = await cardOf(core, post);
    const key = keyOf(postId, card);
    if (post.card === key && attempt === 1) return "unchanged";
    if (post.card) old.add(post.card);
    const { drawCard } = await import("./draw.ts");
    await storeFile(core, key, { bytes: await drawCard(card), contentType: "image/png" });
    if (await note(core, post, key)) {
      old.delete(key);
      for (const each of old) await deleteObject(core, each);
      return "drawn";
    }
    old.add(key);
  }
  throw new AppError("unavailable");
}

async function cardOf(core: Core, { lang, title, author, publishedAt }: Snapshot): Promise<Card> {
  const { words } = await readSite(core, {});
  const siteName = words[lang].title || productName[lang];
  return { lang, title, siteName, author: author.displayName, publishedAt };
}

function folderOf(postId: PostId): string {
  return `media/cards/${postId}`;
}

/** Another card has another address, so that whoever keeps one never shows an old title. */
function keyOf(postId: PostId, card: Card): string {
  const { lang, title, siteName, author, publishedAt } = card;
  const said = JSON.stringify([cardVersion, lang, title, siteName, author, publishedAt]);
  const digest = createHash("sha256").update(said).digest("hex").slice(0, 16);
  return `${folderOf(postId)}/${digest}.png`;
}

/** Says to readers where the card is. False when the post is not the one any more that was drawn. */
async function note(core: Core, { lang, slug, postId, revision }: Snapshot, card: string): Promise<boolean> {
  const { written } = await commit(core, [
    inTransaction(publishedPosts(core))
      .patch({ lang, slug })
      .set({ card })
      .where((row, { eq }) => [eq(row.postId, postId), eq(row.revision, revision)].join(" AND "))
      .commit(),
  ]);
  return written;
}
