import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientSettings } from "../../../local/src/aws-client.ts";
import { startSqs } from "../../../local/src/engine/sqs.ts";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { create as createComment } from "../comment/comment.ts";
import { type ActorCore, createCore } from "../core.ts";
import { feed, posts } from "../list/list.ts";
import { create, readDraft, update } from "../post/draft.ts";
import { posts as rows } from "../post/post.entity.ts";
import { read } from "../post/post.ts";
import { publish, unpublish } from "../post/publish.ts";
import { follow, moveSchema } from "./follow.ts";
import { describe, list, type MoveQueue, move } from "./tag.ts";

let engine: TestTable;
let queues: Awaited<ReturnType<typeof startSqs>>;
let moveQueue: MoveQueue;
let author: ActorCore;
let admin: ActorCore & { readonly moveQueue: MoveQueue };
beforeAll(async () => {
  engine = await startTable();
  queues = await startSqs({});
  const client = new SQSClient(clientSettings(queues.url));
  const { QueueUrl: url = "" } = await client.send(new CreateQueueCommand({ QueueName: "moves" }));
  moveQueue = { url, client };
  author = await newPerson(engine.table);
  admin = { ...(await newPerson(engine.table, { role: "admin" })), moveQueue };
});
afterAll(async () => {
  moveQueue.client.destroy();
  await queues.stop();
  await engine.stop();
});

const visitor = () => createCore({ table: engine.table, locale: "ko" });
const lang = "ko" as const;

let slugs = 0;
async function newDraft(tags: readonly string[]) {
  const slug = `태그-${++slugs}`;
  const text = { slug, title: slug, description: "", tags: [...tags], markdown: "본문" };
  return { ...(await create(author, { lang, ...text })), text };
}
async function newPost(tags: readonly string[]) {
  const draft = await newDraft(tags);
  await publish(author, { postId: draft.postId, revision: 1 });
  return draft;
}

/** Does what the function of the queue does with the messages that are there. */
async function followAll() {
  const { client, url: QueueUrl } = moveQueue;
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  );
  let followed = 0;
  for (const { Body = "" } of Messages) {
    const done = await follow(visitor(), moveSchema.parse(JSON.parse(Body)));
    expect(done.failures).toEqual([]);
    followed += done.posts;
  }
  return followed;
}
const tagged = (tag: string) => posts(visitor(), { lang, tag });
const tagsAt = async (slug: string) => (await read(visitor(), { lang, slug })).tags;
const known = async () => (await list(admin, { lang, limit: 500 })).items;

test("a tag that is renamed takes all its posts along, and its old name leads to the new one", async () => {
  const made = await Promise.all([newPost(["산책", "가을"]), newPost(["산책"]), newPost(["산책"])]);
  await describe(admin, { lang, name: "산책", description: "걸으며 본 것." });
  expect(await move(admin, { lang, name: "산책", title: "걷기" })).toMatchObject({
    count: 3,
    movedTo: { name: "걷기" },
  });
  // Until the posts follow, readers find them where they were.
  expect((await tagged("산책")).list).toMatchObject({ name: "산책", count: 3 });
  expect(await followAll()).toBe(3);

  for (const tag of ["산책", "걷기"])
    expect(await tagged(tag)).toMatchObject({
      list: { name: "걷기", title: "걷기", count: 3, description: "걸으며 본 것." },
      items: [{}, {}, {}],
    });
  expect((await feed(visitor(), { lang, tag: "산책" })).list?.name).toBe("걷기");
  expect(await tagsAt(made[0].slug)).toEqual(["걷기", "가을"]);
  expect(await readDraft(author, { postId: made[0].postId })).toMatchObject({
    tags: ["걷기", "가을"],
    revision: 1,
    publishedRevision: 1,
  });
  expect((await known()).map(({ name }) => name)).not.toContain("산책");
});

test("tags that are merged are one tag in the spelling of the one that stays, once on each post", async () => {
  const both = await newPost(["JS", "JavaScript"]);
  await newPost(["JS"]);
  await newPost(["JavaScript"]);
  await move(admin, { lang, name: "js", title: "javascript" });
  await followAll();
  expect((await tagged("js")).list).toMatchObject({ name: "javascript", title: "JavaScript", count: 3 });
  expect(await tagsAt(both.slug)).toEqual(["JavaScript"]);
});

test("another spelling of the same tag reaches its posts", async () => {
  const { slug, postId } = await newPost(["dynamodb"]);
  await move(admin, { lang, name: "dynamodb", title: "DynamoDB" });
  expect(await followAll()).toBe(1);
  expect(await tagsAt(slug)).toEqual(["DynamoDB"]);
  expect((await tagged("dynamodb")).list).toMatchObject({ title: "DynamoDB", count: 1 });
  // A message that comes again goes on with those that are left, and writes no other anew.
  const versionOf = async () => (await rows(author).get({ postId }).go({ consistent: true })).data?.version;
  const version = await versionOf();
  const again = { lang, name: "dynamodb", title: "DynamoDB", accountId: admin.actor.accountId };
  expect(await follow(visitor(), again)).toEqual({ posts: 1, failures: [] });
  expect(await versionOf()).toBe(version);
});

test("a draft with an old name gets the present one when it is published", async () => {
  await newPost(["옛날"]);
  const draft = await newDraft(["옛날", "요즘"]);
  await move(admin, { lang, name: "옛날", title: "오늘날" });
  await followAll();
  await move(admin, { lang, name: "오늘날", title: "지금" });
  await followAll();
  expect(await publish(author, { postId: draft.postId, revision: 1 })).toMatchObject({
    tags: ["지금", "요즘"],
  });
  expect((await tagged("옛날")).list).toMatchObject({ name: "지금", count: 2 });
});

test("changes that nobody has published keep their own tags and are renamed as well", async () => {
  const { postId, slug, text } = await newPost(["바다"]);
  await update(author, { ...text, tags: ["바다", "섬"], postId, revision: 1 });
  await move(admin, { lang, name: "바다", title: "해변" });
  await followAll();
  expect(await tagsAt(slug)).toEqual(["해변"]);
  expect((await readDraft(author, { postId })).tags).toEqual(["해변", "섬"]);
});

test("a move that is taken back, and a message that comes late or twice, leave every post where it belongs", async () => {
  await newPost(["왼쪽"]);
  await move(admin, { lang, name: "왼쪽", title: "오른쪽" });
  await move(admin, { lang, name: "왼쪽", title: "오른쪽" });
  expect(await followAll()).toBe(1);
  await move(admin, { lang, name: "오른쪽", title: "왼쪽" });
  const late = { lang, name: "왼쪽", title: "오른쪽", accountId: admin.actor.accountId };
  expect(await follow(visitor(), late)).toEqual({ posts: 0, failures: [] });
  await followAll();
  expect(await follow(visitor(), late)).toEqual({ posts: 0, failures: [] });
  expect((await tagged("오른쪽")).list).toMatchObject({ name: "왼쪽", count: 1 });
});

test("a post that is published or commented on while its tag moves is not lost, and is counted once", async () => {
  const made = await Promise.all(Array.from({ length: 4 }, () => newPost(["강"])));
  await move(admin, { lang, name: "강", title: "시내" });
  const [first] = made;
  await Promise.all([
    followAll(),
    newPost(["강"]),
    createComment(author, { postId: first?.postId ?? "pst_", markdown: "하나" }),
    unpublish(author, { postId: made[3]?.postId ?? "pst_" }),
  ]);
  expect((await tagged("강")).list).toMatchObject({ name: "시내", count: 4 });
  expect((await tagged("시내")).items).toHaveLength(4);
});

test("more posts than one page all follow", async () => {
  for (let index = 0; index < 27; index++) await newPost(["많다"]);
  await move(admin, { lang, name: "많다", title: "여럿" });
  expect(await followAll()).toBe(27);
  expect((await tagged("많다")).list).toMatchObject({ name: "여럿", count: 27 });
});

test("what is said about a tag outlives its last post, and an empty text says nothing", async () => {
  const { postId } = await newPost(["별"]);
  await describe(admin, { lang, name: "별", description: "밤하늘." });
  await unpublish(author, { postId });
  await expect(tagged("별")).rejects.toMatchObject({ code: "not_found" });
  await publish(author, { postId, revision: 1 });
  expect((await tagged("별")).list).toMatchObject({ count: 1, description: "밤하늘." });
  await describe(admin, { lang, name: "별", description: "" });
  expect((await tagged("별")).list).not.toHaveProperty("description");
  await unpublish(author, { postId });
  await expect(tagged("별")).rejects.toMatchObject({ code: "not_found" });
});

test("the last post of a tag that was renamed can leave the site", async () => {
  const { postId } = await newPost(["구름"]);
  await move(admin, { lang, name: "구름", title: "비구름" });
  await followAll();
  expect(await unpublish(author, { postId })).toMatchObject({ state: "draft" });
  await expect(tagged("비구름")).rejects.toMatchObject({ code: "not_found" });
});

test("a tag that no post ever had can neither be described nor moved, and no tag can lose its name", async () => {
  const none = { lang, name: "없는-태그" };
  await expect(describe(admin, { ...none, description: "글" })).rejects.toMatchObject({ code: "not_found" });
  await expect(move(admin, { ...none, title: "있다" })).rejects.toMatchObject({ code: "not_found" });
  await newPost(["이름"]);
  await expect(move(admin, { lang, name: "이름", title: "..." })).rejects.toMatchObject({
    code: "invalid_input",
  });
});
