import { GetObjectCommand } from "@aws-sdk/client-s3";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { interruptNext } from "../../test/interruption.ts";
import { startObjects, type TestObjects } from "../../test/objects.ts";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { create as createComment } from "../comment/comment.ts";
import { type ActorCore, createCore } from "../core.ts";
import type { PostId } from "../id.ts";
import type { ObjectCore } from "../media/objects.ts";
import { create, update } from "../post/draft.ts";
import { read } from "../post/post.ts";
import { publish, unpublish } from "../post/publish.ts";
import { cardSize } from "./card.contract.ts";
import { type Kept, keepCard } from "./card.ts";
import { drawCard } from "./draw.ts";
import { rebuildCards } from "./rebuild.ts";
import { drawable } from "./typeface.ts";

let engine: TestTable;
let store: TestObjects;
let me: ActorCore;
let core: ObjectCore;
beforeAll(async () => {
  [engine, store] = await Promise.all([startTable(), startObjects()]);
  me = await newPerson(engine.table);
  core = { ...createCore({ table: engine.table, locale: "ko" }), objects: store.objects };
});
afterAll(async () => {
  await store.stop();
  await engine.stop();
});

let slugs = 0;
async function newDraft(title = "가을 아침") {
  const text = { slug: `카드-${++slugs}`, title, description: "", tags: [], markdown: "본문" };
  const { postId } = await create(me, { lang: "ko", ...text });
  return { postId, text };
}
const cardsOf = (postId: PostId) => store.keys(`media/cards/${postId}/`);
const shown = async (slug: string) => (await read(core, { lang: "ko", slug })).card;

test("a published post has a card of the size that others ask for, and readers are told where it is", async () => {
  const { postId, text } = await newDraft();
  await publish(me, { postId, revision: 1 });
  expect(await shown(text.slug)).toBeUndefined();
  expect(await keepCard(core, postId, [])).toBe("drawn");
  const [key = ""] = await cardsOf(postId);
  expect(await shown(text.slug)).toBe(`/${key}`);
  const { Body } = await store.objects.client.send(
    new GetObjectCommand({ Bucket: store.objects.bucket, Key: key }),
  );
  const { format, width, height } = await sharp(await Body?.transformToByteArray()).metadata();
  expect({ format, width, height }).toEqual({ format: "png", ...cardSize });
});

test("a draft has no card, whatever asks for one", async () => {
  const { postId } = await newDraft("비밀");
  expect(await keepCard(core, postId, [])).toBe("removed");
  expect(await cardsOf(postId)).toEqual([]);
});

test("a title that changes in a draft leaves the card alone until it is published, and then the old one goes", async () => {
  const { postId, text } = await newDraft();
  await publish(me, { postId, revision: 1 });
  await keepCard(core, postId, []);
  const before = await cardsOf(postId);
  await update(me, { ...text, title: "아직 비밀", postId, revision: 1 });
  await createComment(me, { postId, markdown: "글" });
  expect(await keepCard(core, postId, before)).toBe("unchanged");
  await publish(me, { postId, revision: 2 });
  // The old card stands until the new one is there.
  expect(await shown(text.slug)).toBe(`/${before[0]}`);
  expect(await keepCard(core, postId, before)).toBe("drawn");
  expect(await cardsOf(postId)).toHaveLength(1);
  expect(await cardsOf(postId)).not.toEqual(before);
});

test("a post that changes while its card is drawn gets the card of what readers see now, and no other stays", async () => {
  const { postId, text } = await newDraft();
  await publish(me, { postId, revision: 1 });
  let kept: Kept | undefined;
  await interruptNext(
    engine.table,
    async () => {
      kept = await keepCard(core, postId, []);
    },
    async () => {
      await update(me, { ...text, title: "겨울 아침", postId, revision: 1 });
      await publish(me, { postId, revision: 2 });
    },
  );
  expect(kept).toBe("drawn");
  const cards = await cardsOf(postId);
  expect(cards).toHaveLength(1);
  expect(await shown(text.slug)).toBe(`/${cards[0]}`);
  expect(await keepCard(core, postId, [])).toBe("unchanged");
});

test("a post that moves keeps its card, and one that leaves the site takes it along", async () => {
  const { postId, text } = await newDraft();
  await publish(me, { postId, revision: 1 });
  await keepCard(core, postId, []);
  await update(me, { ...text, slug: "카드-이사", postId, revision: 1 });
  await publish(me, { postId, revision: 2 });
  expect(await keepCard(core, postId, [])).toBe("unchanged");
  expect(await shown("카드-이사")).toBe(`/${(await cardsOf(postId))[0]}`);
  await unpublish(me, { postId });
  expect(await keepCard(core, postId, [])).toBe("removed");
  expect(await cardsOf(postId)).toEqual([]);
});

test("posts that are older than cards get theirs when asked, drafts get none, and a second run draws nothing", async () => {
  const [old, draft] = [await newDraft("오래된 글"), await newDraft("아직 초안")];
  await publish(me, { postId: old.postId, revision: 1 });
  const keptOf = async () => {
    const kept = new Map<PostId, Kept>();
    await rebuildCards(core, (postId, result) => kept.set(postId, result));
    return kept;
  };
  const first = await keptOf();
  expect([first.get(old.postId), first.has(draft.postId)]).toEqual(["drawn", false]);
  expect(await shown(old.text.slug)).toBe(`/${(await cardsOf(old.postId))[0]}`);
  expect([...(await keptOf()).values()]).toEqual([...first.values()].map(() => "unchanged"));
});

test("every Hangul syllable is drawn, and a character without a picture is left out instead of an empty box", () => {
  const syllables = String.fromCodePoint(
    ...Array.from({ length: 0xd7a3 - 0xac00 + 1 }, (_, i) => 0xac00 + i),
  );
  expect(drawable(syllables)).toBe(syllables);
  expect(drawable("뷁".normalize("NFD"))).toBe("뷁");
  expect(drawable("가을 🍂 아침 漢 “글” — é…")).toBe("가을 아침 “글” — é…");
});

test.each([
  ["ko", "가을 아침의 산책"],
  ["ko", "서버 없이 굴러가는 하루: 선언 하나로 클라우드와 내 노트북에서 똑같이 돌리는 방법에 대하여"],
  ["en", "One declaration, three places to run it: the cloud, a laptop, and a test"],
  ["en", "W".repeat(200)],
  ["ko", "🍂🍂🍂"],
] as const)("a card in %s of “%s” is drawn within its edges", async (lang, title) => {
  const bytes = await drawCard({
    lang,
    title,
    siteName: lang === "ko" ? "하루" : "Haru",
    author: lang === "ko" ? "김하루" : "Hana Kim",
    publishedAt: "2026-11-21T09:00:00.000Z",
  });
  expect(bytes.length).toBeLessThan(100_000);
  // Nothing of the text reaches into the outer margin, of which the left and the right edge are the proof.
  for (const left of [0, cardSize.width - 60]) {
    const area = { left, top: 20, width: 60, height: cardSize.height - 20 };
    const { channels } = await sharp(await sharp(bytes).extract(area).toBuffer()).stats();
    expect(Math.max(...channels.slice(0, 3).map(({ min, max }) => max - min))).toBeLessThan(8);
  }
});
