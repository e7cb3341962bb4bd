import { decompress } from "../compression.ts";
import type { Core } from "../core.ts";
import type { PostId } from "../id.ts";
import { type Post, postContents, posts } from "../post/post.entity.ts";
import type { Rendering } from "../post/post.ts";
import { publishedContents, publishedPosts, type Snapshot } from "../post/published-post.entity.ts";
import { settingsOf } from "../post/settings.ts";
import { type Change, documentId, type PostDocument } from "./search-document.ts";
import { IndexUnavailable } from "./search-index.ts";
import { textOfHtml } from "./text/html-text.ts";

const attempts = 5;

/**
 * What the index should hold of a post now: its public document and its draft, or the marks that
 * they are gone. Their version is the post's, which every write of it raises; the post is read again
 * at the end, so that all that was read in between belongs to one version.
 * @param lastVersion the highest version that is known of; a post that is no more is one above it
 * @throws IndexUnavailable when the post is written again and again
 */
export async function changesOfPost(core: Core, postId: PostId, lastVersion: number): Promise<Change[]> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const post = await readPost(core, postId);
    if (!post) return gone(postId, ["post", "draft"], lastVersion + 1);
    const [page, draft] = await Promise.all([readPage(core, post), readDraft(core, post)]);
    const after = await readPost(core, postId);
    if (after?.version !== post.version) continue;
    return [
      ...(page ? [changeOf(page)] : gone(postId, ["post"], post.version)),
      ...(draft ? [changeOf(draft)] : gone(postId, ["draft"], post.version)),
    ];
  }
  throw new IndexUnavailable(`The post ${postId} does not hold still`);
}

function changeOf(document: PostDocument): Change {
  return { id: document.id, version: document.version, document };
}

function gone(postId: PostId, kinds: readonly PostDocument["kind"][], version: number): Change[] {
  return kinds.map((kind) => ({ id: documentId(kind, postId), version }));
}

async function readPost(core: Core, postId: PostId): Promise<Post | undefined> {
  const { data } = await posts(core).get({ postId }).go({ consistent: true });
  return data ?? undefined;
}

/** What readers see of the post, if they do. */
async function readPage(core: Core, { lang, publishedSlug: slug, version }: Post) {
  if (slug === undefined) return undefined;
  const [{ data: snapshot }, { data: content }] = await Promise.all([
    publishedPosts(core).get({ lang, slug }).go({ consistent: true }),
    publishedContents(core).get({ lang, slug }).go({ consistent: true }),
  ]);
  // An unlisted post is found by its address alone.
  if (!snapshot || !content || settingsOf(snapshot).unlisted) return undefined;
  const { html, headings } = JSON.parse(await decompress(content.rendering)) as Rendering;
  return publicDocument(snapshot, version, {
    headings: headings.map(({ text }) => text),
    text: textOfHtml(html),
  });
}

function publicDocument(
  { postId, lang, slug, title, description, tags, author, publishedAt }: Snapshot,
  version: number,
  content: Pick<PostDocument, "headings" | "text">,
): PostDocument {
  const id = documentId("post", postId);
  const summary = { postId, lang, slug, title, description, tags, author, publishedAt };
  return { id, version, kind: "post", ...summary, ...content };
}

/** What its author sees of the post. Headings stay in the text: Markdown is not rendered only for being found. */
async function readDraft(core: Core, post: Post): Promise<PostDocument | undefined> {
  if (post.state === "deleted") return undefined;
  const { postId, lang, slug, title, description, tags, authorId, updatedAt, version } = post;
  const { data } = await postContents(core).get({ postId }).go({ consistent: true });
  if (!data) return undefined;
  return {
    id: documentId("draft", postId),
    version,
    kind: "draft",
    ...{ postId, lang, slug, title, description, tags },
    // Its name is on no draft, and nobody but its author looks at it.
    author: { accountId: authorId, displayName: "" },
    publishedAt: updatedAt,
    headings: [],
    text: (await decompress(data.markdown)).normalize("NFC"),
  };
}
