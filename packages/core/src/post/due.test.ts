import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { accounts } from "../account/account.entity.ts";
import type { ActorCore } from "../core.ts";
import type { PostId } from "../id.ts";
import { list as listRevisions } from "../revision/revision.ts";
import { appointments } from "./appointment.entity.ts";
import { create, readDraft, update } from "./draft.ts";
import { doWhatIsDue } from "./due.ts";
import { addresses, posts, translations } from "./post.entity.ts";
import { read } from "./post.ts";
import { publish, unpublish } from "./publish.ts";
import { remove, restore } from "./remove.ts";
import { schedule, unschedule } from "./schedule.ts";

let engine: TestTable;
let me: ActorCore;
let now = new Date("2029-01-01T00:00:00.000Z");
beforeAll(async () => {
  engine = await startTable();
  me = await newPerson(engine.table, { now: () => now });
});
afterAll(() => engine.stop());
// Each test has a year of its own, before those of the tests before it, so that nothing of theirs is due.
let year = 2060;
beforeEach(() => {
  now = new Date(`${year--}-01-01T00:00:00.000Z`);
});

let slugs = 0;
const text = () => ({ slug: `때-${++slugs}`, title: "아침", description: "", tags: [], markdown: "본문" });
const newDraft = () => create(me, { lang: "ko", ...text() });
const readAs = (slug: string) => read(me, { lang: "ko", slug });
const at = (time: string) => `${now.getUTCFullYear()}-${time}.000Z`;
const setClock = (time: string) => {
  now = new Date(at(time));
};
const nineOClock = "06-01T09:00:00";

async function newScheduled() {
  const draft = await newDraft();
  await schedule(me, { postId: draft.postId, revision: 1, publishAt: at(nineOClock) });
  return draft;
}

test("a scheduled post is published in its minute and not before", async () => {
  const { postId, slug } = await newScheduled();
  setClock("06-01T08:59:59");
  expect(await doWhatIsDue(me)).toEqual([]);
  await expect(readAs(slug)).rejects.toMatchObject({ code: "not_found" });
  setClock(nineOClock);
  expect(await doWhatIsDue(me)).toMatchObject([{ post: { postId }, outcome: "published" }]);
  expect(await readAs(slug)).toMatchObject({ postId, publishedAt: at(nineOClock) });
  expect(await readDraft(me, { postId })).not.toHaveProperty("scheduledFor");
  expect(await doWhatIsDue(me)).toEqual([]);
});

test("a sweep that comes late catches up, under the time that was appointed", async () => {
  const { slug } = await newScheduled();
  setClock("06-03T17:23:41");
  await doWhatIsDue(me);
  expect(await readAs(slug)).toMatchObject({ publishedAt: at(nineOClock) });
});

test("two sweeps at once publish once", async () => {
  const { postId } = await newScheduled();
  setClock(nineOClock);
  await Promise.all([doWhatIsDue(me), doWhatIsDue(me)]);
  const { data } = await posts(me).get({ postId }).go();
  expect(data).toMatchObject({ state: "published", publishedRevision: 1 });
  expect(await doWhatIsDue(me)).toEqual([]);
});

test("what is published is what was appointed, also when the author went on writing and moved it", async () => {
  const { postId, slug } = await newScheduled();
  await update(me, { ...text(), title: "아직 쓰는 중", postId, revision: 1 });
  setClock(nineOClock);
  await doWhatIsDue(me);
  expect(await readAs(slug)).toMatchObject({ title: "아침" });
  expect(await readDraft(me, { postId })).toMatchObject({ title: "아직 쓰는 중", publishedRevision: 1 });
});

test("an appointment that is changed or called off is not kept", async () => {
  const moved = await newScheduled();
  const off = await newScheduled();
  await schedule(me, { postId: moved.postId, revision: 1, publishAt: at("07-01T00:00:00") });
  await unschedule(me, { postId: off.postId });
  setClock(nineOClock);
  expect(await doWhatIsDue(me)).toEqual([]);
  setClock("07-01T00:00:00");
  await doWhatIsDue(me);
  expect(await readAs(moved.slug)).toMatchObject({ publishedAt: at("07-01T00:00:00") });
  await expect(readAs(off.slug)).rejects.toMatchObject({ code: "not_found" });
});

test("publishing at once ends the appointment", async () => {
  const { postId } = await newScheduled();
  await publish(me, { postId, revision: 1 });
  await unpublish(me, { postId });
  setClock(nineOClock);
  expect(await doWhatIsDue(me)).toEqual([]);
});

test.each([
  ["a time that has passed", "2001-01-01T00:00:00.000Z", "invalid_input"],
  ["half a minute", "2100-01-01T00:00:30.000Z", "invalid_input"],
])("%s is refused", async (_, publishAt, code) => {
  const { postId } = await newDraft();
  await expect(schedule(me, { postId, revision: 1, publishAt })).rejects.toMatchObject({ code });
});

test("an older revision than the stored one cannot be appointed", async () => {
  const { postId, slug } = await newDraft();
  await update(me, { ...text(), slug, postId, revision: 1 });
  await expect(schedule(me, { postId, revision: 1, publishAt: at(nineOClock) })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("a post that cannot be published becomes a draft that says so, and holds up no other", async () => {
  const bad = await newScheduled();
  const good = await newScheduled();
  // Its author's account is gone.
  await posts(me)
    .patch({ postId: bad.postId })
    .set({ authorId: `acc_${crypto.randomUUID()}` })
    .go();
  setClock(nineOClock);
  const outcomes = await doWhatIsDue(me);
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["published", "refused"]);
  expect(await readAs(good.slug)).toBeDefined();
  const { data } = await posts(me).get({ postId: bad.postId }).go();
  expect(data).toMatchObject({ state: "draft", scheduleFailure: expect.any(String) });
  expect(await doWhatIsDue(me)).toEqual([]);
});

test.each([
  ["was suspended", { suspendedAt: "2026-11-21T00:00:00.000Z" }],
  ["is no author any more", { roles: ["reader"] }],
] as const)("nothing appears by itself of somebody who %s", async (_, change) => {
  const author = await newPerson(engine.table, { now: () => now });
  const { postId, slug } = await create(author, { lang: "ko", ...text() });
  await schedule(author, { postId, revision: 1, publishAt: at(nineOClock) });
  await accounts(author).patch({ accountId: author.actor.accountId }).set(change).go();
  setClock(nineOClock);
  expect(await doWhatIsDue(me)).toMatchObject([{ outcome: "refused" }]);
  await expect(readAs(slug)).rejects.toMatchObject({ code: "not_found" });
  expect(await readDraft(author, { postId })).toMatchObject({ state: "draft", scheduleFailure: "forbidden" });
});

test.each([
  ["deleted", (postId: PostId) => remove(me, { postId })],
  ["published at once", (postId: PostId) => publish(me, { postId, revision: 2 })],
])("an address at which a post was to appear is free when it was %s elsewhere", async (_, end) => {
  const { postId, slug } = await newScheduled();
  await update(me, { ...text(), postId, revision: 1 });
  await end(postId);
  expect(await create(me, { lang: "ko", ...text(), slug })).toMatchObject({ slug });
});

test("posts that fail again and again keep none from its time, however many they are", async () => {
  const stuck = Array.from({ length: 50 }, () => me.newId("post"));
  const dueAt = at("05-01T09:00:00");
  const { data: like } = await posts(me)
    .get({ postId: (await newDraft()).postId })
    .go();
  if (!like) throw new Error("There is no draft.");
  // They say that they are due, and not with what.
  const rows = stuck.map((postId) => ({ ...like, postId, state: "scheduled" as const, dueAt }));
  await posts(me).put(rows).go();
  await appointments(me)
    .put(stuck.map((postId) => ({ postId, dueAt })))
    .go();
  const { postId, slug } = await newScheduled();
  setClock(nineOClock);
  const outcomes = await doWhatIsDue(me);
  expect(outcomes.filter(({ outcome }) => outcome === "failed")).toHaveLength(stuck.length);
  expect(await readAs(slug)).toMatchObject({ postId });
  await appointments(me)
    .delete(stuck.map((each) => ({ postId: each, dueAt })))
    .go();
});

test("a deleted post leaves its readers at once, comes back as a draft, and its address says what it is", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  expect(await remove(me, { postId })).toMatchObject({ state: "deleted" });
  await expect(readAs(slug)).rejects.toMatchObject({ code: "gone" });
  await expect(readDraft(me, { postId })).rejects.toMatchObject({ code: "gone" });
  await expect(update(me, { ...text(), postId, revision: 1 })).rejects.toMatchObject({ code: "gone" });
  expect(await restore(me, { postId })).toMatchObject({ state: "draft" });
  await expect(readAs(slug)).rejects.toMatchObject({ code: "not_found" });
  await publish(me, { postId, revision: 1 });
  expect(await readAs(slug)).toMatchObject({ title: "아침" });
});

test("deleting twice is once, and so is restoring", async () => {
  const { postId } = await newDraft();
  const first = await remove(me, { postId });
  expect(await remove(me, { postId })).toEqual(first);
  const restored = await restore(me, { postId });
  expect(await restore(me, { postId })).toEqual(restored);
});

test("after 30 days a deleted post is forgotten with all that hung on it, and its address is free", async () => {
  const { postId, workId, slug } = await newDraft();
  await update(me, { ...text(), slug, postId, revision: 1 });
  await remove(me, { postId });
  setClock("01-30T23:59:59");
  expect(await doWhatIsDue(me)).toEqual([]);
  setClock("01-31T00:00:00");
  expect(await doWhatIsDue(me)).toMatchObject([{ outcome: "forgotten" }]);
  await expect(restore(me, { postId })).rejects.toMatchObject({ code: "not_found" });
  await expect(listRevisions(me, { postId })).rejects.toMatchObject({ code: "not_found" });
  expect((await addresses(me).get({ lang: "ko", slug }).go()).data).toBeNull();
  expect((await translations(me).get({ workId, lang: "ko" }).go()).data).toBeNull();
  expect(await doWhatIsDue(me)).toEqual([]);
});

test("the address of a forgotten post that readers knew stays gone for ever", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  await remove(me, { postId });
  setClock("02-15T00:00:00");
  await doWhatIsDue(me);
  await expect(readAs(slug)).rejects.toMatchObject({ code: "gone" });
  await expect(create(me, { lang: "ko", ...text(), slug })).rejects.toMatchObject({ code: "conflict" });
});

test("a restored post is not forgotten at its old time", async () => {
  const { postId } = await newDraft();
  await remove(me, { postId });
  await restore(me, { postId });
  setClock("03-01T00:00:00");
  expect(await doWhatIsDue(me)).toEqual([]);
});
