import type { Promised } from "./life.ts";
import type { Person } from "./person.ts";

/** Everything that is not as it was promised, a sentence each. */
export async function broken(promised: Promised, author: Person, reader: Person): Promise<string[]> {
  const found = await Promise.all([
    brokenPosts(promised, author),
    brokenComments(promised, reader),
    brokenSearch(promised, reader),
    brokenPictures(promised, author),
    brokenTodos(promised, reader),
  ]);
  return found.flat();
}

/** All pages of a list. */
async function all<T>(
  page: (cursor: string | undefined) => Promise<{ items: T[]; cursor?: string | undefined }>,
) {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const answer = await page(cursor);
    items.push(...answer.items);
    cursor = answer.cursor;
  } while (cursor);
  return items;
}

const from = (cursor: string | undefined) => ({ limit: 50, ...(cursor ? { cursor } : {}) });

async function brokenPosts({ posts }: Promised, author: Person): Promise<string[]> {
  const drafts = await all((cursor) => author.api.post.listDrafts({ tag: "chaos", ...from(cursor) }));
  const listed = await all((cursor) => author.api.list.posts({ lang: "en", tag: "chaos", ...from(cursor) }));
  const sentences: string[] = [];
  for (const [postId, { title, revision, isPublic, slug }] of posts) {
    const own = drafts.filter((draft) => draft.slug === slug);
    if (own.length !== 1) sentences.push(`${slug} is there ${own.length} times among the author's posts.`);
    if (own[0]?.revision !== revision)
      sentences.push(`${slug} has revision ${own[0]?.revision}, not ${revision}.`);
    if (own[0]?.title !== title) sentences.push(`${slug} is called "${own[0]?.title}", not "${title}".`);
    const times = listed.filter((one) => one.postId === postId).length;
    if (times !== Number(isPublic))
      sentences.push(`${slug} stands ${times} times in the list, not ${Number(isPublic)}.`);
  }
  const strangers = drafts.filter(({ postId }) => !posts.has(postId));
  return [...sentences, ...strangers.map(({ slug }) => `${slug} was never promised.`)];
}

async function brokenComments({ comments, posts }: Promised, reader: Person): Promise<string[]> {
  const sentences: string[] = [];
  for (const [postId, texts] of comments) {
    const post = posts.get(postId);
    if (!post?.isPublic) continue;
    const there = await all((cursor) => reader.api.comment.list({ postId, ...from(cursor) }));
    for (const text of texts) {
      const times = there.filter(({ html }) => html.includes(text)).length;
      if (times !== 1) sentences.push(`"${text}" is there ${times} times.`);
    }
    if (there.length !== texts.length)
      sentences.push(`${post.slug} has ${there.length} comments, not ${texts.length}.`);
    const { commentCount } = await reader.api.post.read({ lang: "en", slug: post.slug });
    if (commentCount !== texts.length)
      sentences.push(`${post.slug} counts ${commentCount} comments, not ${texts.length}.`);
  }
  return sentences;
}

async function brokenSearch({ posts }: Promised, reader: Person): Promise<string[]> {
  const sentences: string[] = [];
  for (const { word, slug, isPublic } of posts.values()) {
    const { items, source } = await reader.api.search.find({ q: word });
    const times = items.filter((hit) => hit.slug === slug).length;
    if (source !== "index") sentences.push("Search answers without its index.");
    if (times !== Number(isPublic))
      sentences.push(`Search finds ${slug} ${times} times, not ${Number(isPublic)}.`);
  }
  return sentences;
}

async function brokenPictures({ pictures }: Promised, author: Person): Promise<string[]> {
  const sentences: string[] = [];
  for (const mediaId of pictures) {
    const { state, name, refusal } = await author.api.media.read({ mediaId });
    if (state !== "ready")
      sentences.push(`The picture ${name} is ${state}${refusal ? ` (${refusal})` : ""}.`);
  }
  return sentences;
}

async function brokenTodos({ listId, todos }: Promised, reader: Person): Promise<string[]> {
  const there = new Map<string, { title: string; isDone: boolean; deletedAt: string | null }>();
  let lists: Parameters<Person["api"]["todo"]["pull"]>[0]["lists"] = [];
  for (let hasMore = true; hasMore; ) {
    const answer = await reader.api.todo.pull({ lists });
    hasMore = answer.hasMore;
    for (const delta of answer.deltas) {
      if (delta.list.listId === listId) {
        const all = delta.kind === "snapshot" ? delta.todos : delta.changes.flatMap(({ todo }) => todo ?? []);
        for (const todo of all) there.set(todo.todoId, todo);
      }
      const { next } = delta as { next?: string };
      const known = { listId: delta.list.listId, seq: delta.to, ...(next ? { next } : {}) };
      lists = [...lists.filter((one) => one.listId !== known.listId), known];
    }
  }
  const sentences: string[] = [];
  for (const [todoId, todo] of todos) {
    const found = there.get(todoId);
    const isThere = found !== undefined && found.deletedAt === null;
    if (isThere !== (todo !== undefined))
      sentences.push(`${todo?.title ?? todoId} is ${isThere ? "" : "not "}there.`);
    if (todo && found && (found.title !== todo.title || found.isDone !== todo.isDone)) {
      sentences.push(`"${found.title}" (${found.isDone}) should be "${todo.title}" (${todo.isDone}).`);
    }
  }
  if (there.size !== todos.size) sentences.push(`The list holds ${there.size} todos, not ${todos.size}.`);
  return sentences;
}
