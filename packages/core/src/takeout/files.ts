import { accountOf } from "../account/account.ts";
import { comments } from "../comment/comment.entity.ts";
import { decompress } from "../compression.ts";
import type { ActorCore } from "../core.ts";
import { avatarIdOf, type ListId, type PostId } from "../id.ts";
import { readMedia } from "../media/change.ts";
import { type MediaRow, media } from "../media/media.entity.ts";
import { type ObjectCore, originalKey, readObject } from "../media/objects.ts";
import { maxUploadBytes } from "../media/upload.contract.ts";
import { drafts, posts } from "../post/post.entity.ts";
import { handles } from "../profile/handle.entity.ts";
import { sessions } from "../session/session.entity.ts";
import { listMembers, lists, todos } from "../todo/todo.entity.ts";
import type { ZipFile } from "./zip.ts";

interface Files {
  /** As many as there will be, unless somebody writes meanwhile. */
  readonly total: number;
  readonly files: AsyncIterable<ZipFile>;
}

/** Somebody whose texts and pictures can be read. */
export type OwnerCore = ActorCore & ObjectCore;

const rowsAtOnce = 100;

/** Everything of the actor: what it is called first, texts one by one while the zip is made. */
export async function filesOf(core: OwnerCore): Promise<Files> {
  const { accountId } = core.actor;
  const postIds: PostId[] = [];
  const written = pages((cursor) =>
    posts(core)
      .query.byAuthor({ authorId: accountId })
      .go({ cursor, limit: rowsAtOnce, attributes: ["postId"] }),
  );
  for await (const { postId } of written) postIds.push(postId);
  const pictures: MediaRow[] = [];
  const owned = pages((cursor) =>
    media(core).query.byOwner({ ownerId: accountId }).go({ cursor, limit: rowsAtOnce }),
  );
  for await (const row of owned) pictures.push(row);
  const avatar = await readMedia(core, avatarIdOf(accountId));
  if (avatar) pictures.push(avatar);
  const tables: readonly [path: string, read: (core: ActorCore) => Promise<unknown>][] = [
    ["account.json", readAccount],
    ["comments.json", readComments],
    ["todos.json", readLists],
    ["pictures.json", async () => pictures.map(describe)],
  ];
  async function* files(): AsyncGenerator<ZipFile> {
    for (const [path, read] of tables)
      yield { path, bytes: Buffer.from(`${JSON.stringify(await read(core), null, 2)}\n`) };
    for (const postId of postIds) yield* readPost(core, postId);
    for (const picture of pictures) yield* readOriginal(core, picture);
  }
  return { total: tables.length + postIds.length + pictures.length, files: files() };
}

async function readAccount(core: ActorCore): Promise<unknown> {
  const { accountId } = core.actor;
  const { email, displayName, handle, bio, locale, theme, roles, createdAt } = await accountOf(
    core,
    accountId,
  );
  const taken = pages((cursor) =>
    handles(core).query.byAccount({ accountId }).go({ cursor, limit: rowsAtOnce }),
  );
  const devices = pages((cursor) =>
    sessions(core).query.byAccount({ accountId }).go({ cursor, limit: rowsAtOnce }),
  );
  return {
    accountId,
    email,
    displayName,
    handle,
    handles: await collect(taken, (row) => row.handle),
    bio,
    locale,
    theme,
    roles,
    createdAt,
    sessions: await collect(devices, ({ device, createdAt, lastUsedAt }) => ({
      device,
      createdAt,
      lastUsedAt,
    })),
  };
}

function readComments(core: ActorCore): Promise<unknown> {
  const { accountId } = core.actor;
  const written = pages((cursor) =>
    comments(core).query.byPerson({ accountId }).go({ cursor, limit: rowsAtOnce }),
  );
  return collect(written, ({ commentId, postId, threadId, markdown, createdAt, editedAt }) => ({
    commentId,
    postId,
    ...(threadId === commentId ? {} : { answers: threadId }),
    markdown,
    createdAt,
    editedAt,
  }));
}

async function readLists(core: ActorCore): Promise<unknown> {
  const { accountId } = core.actor;
  const memberships = pages((cursor) =>
    listMembers(core).query.byAccount({ accountId }).go({ cursor, limit: rowsAtOnce }),
  );
  const found: unknown[] = [];
  for await (const { listId, role } of memberships) found.push({ role, ...(await readList(core, listId)) });
  return found;
}

async function readList(core: ActorCore, listId: ListId) {
  const { data: list } = await lists(core).get({ listId }).go();
  const rows = pages((cursor) => todos(core).query.byList({ listId }).go({ cursor, limit: rowsAtOnce }));
  return {
    listId,
    name: list?.name,
    createdAt: list?.createdAt,
    deletedAt: list?.deletedAt,
    todos: await collect(rows, ({ todo }) => todo),
  };
}

/** Nothing for a post that was deleted for good since it was counted. */
async function* readPost(core: ActorCore, postId: PostId): AsyncGenerator<ZipFile> {
  const { data } = await drafts(core).collections.draft({ postId }).go();
  const [[post], [content]] = [data.post, data.content];
  if (!post || !content) return;
  // Most people have written nothing, and what writes front matter is large.
  const { postFile } = await import("./post-file.ts");
  const path = `posts/${post.lang}/${post.slug}.md`;
  yield { path, bytes: Buffer.from(postFile(post, await decompress(content.markdown))) };
}

function describe({ mediaId, name, alt, caption, createdAt }: MediaRow) {
  return { mediaId, name, alt, caption, createdAt };
}

/** The file as it was uploaded; nothing for one that never became a picture. */
async function* readOriginal(core: OwnerCore, { mediaId, name, picture }: MediaRow): AsyncGenerator<ZipFile> {
  const bytes = picture && (await readObject(core, originalKey(picture.pictureId), maxUploadBytes));
  // The name is the owner's: it may say anything, and two pictures may have one name.
  const safeName = name.replace(/[^\p{L}\p{N}.-]+/gu, "-").replace(/^[.-]+/, "");
  if (bytes) yield { path: `pictures/${mediaId}-${safeName}`, bytes, isCompressed: true };
}

interface Page<Row> {
  readonly data: readonly Row[];
  readonly cursor: string | null;
}

async function* pages<Row>(read: (cursor: string | null) => Promise<Page<Row>>): AsyncGenerator<Row> {
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await read(cursor);
    yield* page.data;
    cursor = page.cursor;
  } while (cursor !== null);
}

async function collect<Row, Item>(rows: AsyncIterable<Row>, itemOf: (row: Row) => Item): Promise<Item[]> {
  const items: Item[] = [];
  for await (const row of rows) items.push(itemOf(row));
  return items;
}
