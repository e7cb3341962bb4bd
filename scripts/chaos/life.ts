import { crc32, deflateSync } from "node:zlib";
import { type DeviceId, type ListId, type MediaId, newId, type PostId, type TodoId } from "@haru/core/id";
import { positionBetween } from "@haru/core/todo/position.contract";
import { emptyContent } from "@haru/core/todo/todo.contract";
import { randomNumbers } from "../../packages/local/src/fault/faults.ts";
import type { Person } from "./person.ts";

/** How much happens in one run. */
const amounts = { posts: 8, commentsPerPost: 2, pictures: 4, todos: 40, todoChanges: 120 } as const;

/** Everything that was answered with yes, which is what must be there in the end. */
export interface Promised {
  readonly posts: Map<
    PostId,
    { title: string; word: string; revision: number; isPublic: boolean; slug: string }
  >;
  /** Texts of comments by the post that they stand under. */
  readonly comments: Map<PostId, string[]>;
  readonly pictures: Set<MediaId>;
  readonly listId: ListId;
  /** Titles; `undefined` for one that was deleted. */
  readonly todos: Map<TodoId, { title: string; isDone: boolean } | undefined>;
}

/** A busy quarter of an hour of an author and a reader, squeezed together. Everything runs side by side. */
export async function live(author: Person, reader: Person, seed: number): Promise<Promised> {
  const random = randomNumbers(seed * 7919);
  const promised: Promised = {
    posts: new Map(),
    comments: new Map(),
    pictures: new Set(),
    listId: newId("list", new Date()),
    todos: new Map(),
  };
  const several = <T>(count: number, one: (place: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, place) => one(place)));
  await Promise.all([
    several(amounts.posts, (place) => writePost(author, reader, promised, { seed, place, random })),
    several(amounts.pictures, (place) => uploadPicture(author, promised, `${seed}-${place}`)),
    planDays(reader, promised, random),
  ]);
  return promised;
}

async function writePost(
  author: Person,
  reader: Person,
  promised: Promised,
  { seed, place, random }: { readonly seed: number; readonly place: number; readonly random: () => number },
): Promise<void> {
  const word = `chaos${seed}x${place}q`;
  const slug = `chaos-${seed}-${place}`;
  const fields = (edition: number) => ({
    slug,
    title: `Post ${word} edition ${edition}`,
    description: "Written while everything goes wrong.",
    tags: ["chaos"],
    markdown: `# ${word}\n\nEdition ${edition} of a text.`,
  });
  const created = await author.insist((options) =>
    author.api.post.create({ lang: "en", ...fields(1) }, options),
  );
  const { postId } = created;
  let { revision } = created;
  const note = (isPublic: boolean, edition: number) =>
    promised.posts.set(postId, { title: fields(edition).title, word, revision, isPublic, slug });
  note(false, 1);
  for (let edition = 2; edition <= 4; edition++) {
    const based = revision;
    const saved = await author.insist(() =>
      author.api.post.update({ postId, revision: based, ...fields(edition) }),
    );
    revision = saved.revision;
    note(false, edition);
  }
  await author.insist(() => author.api.post.publish({ postId, revision }));
  note(true, 4);
  promised.comments.set(postId, []);
  for (let count = 0; count < amounts.commentsPerPost; count++) {
    const markdown = `Comment ${count} on ${word}`;
    const { commentId, isWaiting } = await reader.insist((options) =>
      reader.api.comment.create({ postId, markdown }, options),
    );
    if (isWaiting) {
      await author.insist(() => author.api.comment.moderate({ postId, commentId, action: "approve" }));
    }
    promised.comments.get(postId)?.push(markdown);
  }
  if (random() < 0.3) {
    await author.insist(() => author.api.post.unpublish({ postId }));
    note(false, 4);
  }
}

async function uploadPicture(author: Person, promised: Promised, name: string): Promise<void> {
  const bytes = picture(640, 480);
  const { media, upload } = await author.insist((options) =>
    author.api.media.begin(
      { name: `${name}.png`, contentType: "image/png", bytes: bytes.length, alt: name },
      options,
    ),
  );
  const form = new FormData();
  for (const [field, value] of Object.entries(upload.fields)) form.append(field, value);
  form.append("file", new Blob([bytes], { type: "image/png" }), `${name}.png`);
  const stored = await fetch(upload.url, { method: "POST", body: form });
  if (!stored.ok) throw new Error(`The object store answered ${stored.status} to ${name}.`);
  promised.pictures.add(media.mediaId);
}

/** A PNG of one colour. */
function picture(width: number, height: number): Buffer<ArrayBuffer> {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3), 120);
  for (let row = 0; row < height; row++) rows[row * (1 + width * 3)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]) as Buffer<ArrayBuffer>;
}

/** One device that makes changes in their order and sends each batch until it is answered. */
async function planDays(reader: Person, promised: Promised, random: () => number): Promise<void> {
  const deviceId: DeviceId = newId("device", new Date());
  const { listId, todos } = promised;
  const push = async (name: string, args: object) => {
    const mutation = { mutationId: newId("mutation", new Date()), seen: 0, name, args };
    for (;;) {
      const { outcomes } = await reader.insist(() =>
        reader.api.todo.push({ deviceId, mutations: [mutation] }),
      );
      const [outcome] = outcomes;
      if (outcome?.outcome === "refused") throw new Error(`${name} was refused: ${outcome.reason}.`);
      if (outcome) return;
    }
  };
  await push("list.create", { listId, name: "Chaos", color: "sea" });
  let position: string | undefined;
  for (let count = 0; count < amounts.todos; count++) {
    const todoId: TodoId = newId("todo", new Date());
    position = positionBetween(position, undefined, random);
    const title = `Todo ${count}`;
    await push("todo.create", { listId, todoId, content: emptyContent(title, position) });
    todos.set(todoId, { title, isDone: false });
  }
  for (let count = 0; count < amounts.todoChanges; count++) {
    const [todoId, todo] = [...todos][Math.floor(random() * todos.size)] ?? [];
    if (!todoId || !todo) continue;
    const choice = random();
    if (choice < 0.1) {
      await push("todo.delete", { listId, todoId });
      todos.set(todoId, undefined);
    } else if (choice < 0.5) {
      await push("todo.update", { listId, todoId, patch: { isDone: !todo.isDone } });
      todos.set(todoId, { ...todo, isDone: !todo.isDone });
    } else {
      const title = `${todo.title}.`;
      await push("todo.update", { listId, todoId, patch: { title } });
      todos.set(todoId, { ...todo, title });
    }
  }
}
