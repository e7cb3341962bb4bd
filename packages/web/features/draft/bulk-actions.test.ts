import type { DraftSummary } from "@haru/core/post/post.contract";
import { expect, test } from "vitest";
import { actionsFor, changePosts } from "./bulk-actions.ts";

const post = (index: number, changes: Partial<DraftSummary> = {}): DraftSummary => ({
  postId: `pst_${String(index).padStart(26, "0")}`,
  workId: `wrk_${"0".repeat(26)}`,
  lang: "ko",
  slug: `글-${index}`,
  title: "글",
  description: "",
  tags: [],
  settings: {
    unlisted: false,
    pinned: false,
    kind: "post",
    series: "",
    searchTitle: "",
    searchDescription: "",
  },
  state: "draft",
  revision: 1,
  createdAt: "2026-11-21T00:00:00.000Z",
  updatedAt: "2026-11-21T00:00:00.000Z",
  ...changes,
});
const published = post(1, { state: "published", publishedRevision: 1 });
const changed = post(2, { state: "published", publishedRevision: 1, revision: 2 });
const deleted = post(3, { state: "deleted" });

test.each([
  [[post(0)], ["publish", "remove"]],
  [[published], ["unpublish", "remove"]],
  [[changed], ["publish", "unpublish", "remove"]],
  [[deleted], ["restore"]],
  [
    [post(0), deleted],
    ["publish", "remove", "restore"],
  ],
])("only what suits one of the chosen posts is offered", (posts, actions) => {
  expect(actionsFor(posts)).toEqual(actions);
});

test("each post that it suits is changed once, a few at a time, and a failure stops no other", async () => {
  const posts = Array.from({ length: 30 }, (_, index) => post(index));
  const asked: string[] = [];
  let running = 0;
  let most = 0;
  const api = {
    async remove({ postId }: { postId: string }) {
      asked.push(postId);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (postId.endsWith("7")) throw new Error("no");
      return post(Number(postId.slice(4)), { state: "deleted" });
    },
  } as unknown as Parameters<typeof changePosts>[0];
  const { done, failed } = await changePosts(api, "remove", [...posts, deleted]);
  expect(asked.sort()).toEqual(posts.map(({ postId }) => postId).sort());
  expect([done.length, failed]).toEqual([27, 3]);
  expect(most).toBeLessThanOrEqual(4);
});
