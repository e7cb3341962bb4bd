import { create, readDraft } from "@haru/core/post/draft";
import { read } from "@haru/core/post/post";
import { schedule } from "@haru/core/post/schedule";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newPerson, startLinkedTable } from "../../test/services.ts";
import { coreFor } from "../core.ts";
import { handler } from "./due.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
beforeAll(async () => {
  engine = await startLinkedTable();
});
afterAll(async () => {
  vi.useRealTimers();
  await engine.stop();
});

test("the call of a minute publishes what was appointed for it, on behalf of its author", async () => {
  const author = coreFor("ko", { actor: await newPerson("author") });
  const text = { slug: "알림", title: "아침", description: "", tags: [], markdown: "본문" };
  const { postId } = await create(author, { lang: "ko", ...text });
  const publishAt = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 16)}:00.000Z`;
  await schedule(author, { postId, revision: 1, publishAt });
  await handler();
  expect(await readDraft(author, { postId })).toMatchObject({ state: "scheduled" });
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(publishAt) });
  await handler();
  expect(await readDraft(author, { postId })).toMatchObject({ state: "published" });
  expect(await read(author, { lang: "ko", slug: "알림" })).toMatchObject({ publishedAt: publishAt });
});
