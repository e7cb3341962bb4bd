import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable } from "../../test/table.ts";
import { create, listDrafts, preview, readDraft, update } from "./draft.ts";
import { publish } from "./publish.ts";

let engine: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

let count = 0;
const fields = () => ({
  lang: "ko" as const,
  slug: `글-${Date.now()}-${++count}`,
  title: "가을 아침",
  description: "짧은 글",
  tags: ["일기"],
  markdown: "# 아침\n\n**공지(중요)**를 읽다.",
});

test("a created draft is read back as it was sent", async () => {
  const me = await newPerson(engine.table);
  const sent = fields();
  const draft = await create(me, sent);
  expect(draft).toMatchObject({ ...sent, state: "draft", revision: 1 });
  expect(await readDraft(me, { postId: draft.postId })).toEqual(draft);
  const list = await listDrafts(me, {});
  expect(list.items).toHaveLength(1);
});

test("update and publish", async () => {
  const me = await newPerson(engine.table);
  const { lang: _, ...sent } = fields();
  const draft = await create(me, { lang: "ko", ...sent });
  const saved = await update(me, { ...sent, postId: draft.postId, revision: 1, title: "x" });
  expect(saved.revision).toBe(2);
  const p = await publish(me, { postId: draft.postId, revision: 2 });
  expect(p).toMatchObject({ state: "published", publishedRevision: 2 });
});
