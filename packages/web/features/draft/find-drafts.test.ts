import { ApiError } from "@haru/core/client";
import { expect, test, vi } from "vitest";
import { findDrafts } from "./find-drafts.ts";

const filter = { words: "", state: "", lang: "" } as const;
const apiOf = (findOwn: () => Promise<unknown>) => {
  const calls = { findOwn: vi.fn(findOwn), listDrafts: vi.fn(async () => ({ items: [], cursor: "next" })) };
  const api = { search: { findOwn: calls.findOwn }, post: { listDrafts: calls.listDrafts } };
  return { ...calls, api: api as unknown as Parameters<typeof findDrafts>[0] };
};

test("words are looked up in the index, on every page of it", async () => {
  const { api, findOwn, listDrafts } = apiOf(async () => ({ items: [], cursor: "more" }));
  const first = await findDrafts(api, { ...filter, words: " 하루 ", lang: "ko" });
  expect(first).toEqual({ items: [], cursor: "more", source: "index" });
  await findDrafts(api, { ...filter, words: "하루" }, first);
  expect(findOwn.mock.calls).toEqual([[{ q: "하루", lang: "ko" }], [{ q: "하루", cursor: "more" }]]);
  expect(listDrafts).not.toHaveBeenCalled();
});

test("a list without words, and deleted posts, come from the table", async () => {
  const { api, findOwn, listDrafts } = apiOf(async () => ({ items: [] }));
  await findDrafts(api, filter);
  await findDrafts(api, { ...filter, words: "하루", state: "deleted" });
  expect(listDrafts.mock.calls).toEqual([[{}], [{ title: "하루", state: "deleted" }]]);
  expect(findOwn).not.toHaveBeenCalled();
});

test("while the index cannot be reached words are a part of the title, to the last page", async () => {
  const { api, findOwn, listDrafts } = apiOf(() => Promise.reject(new ApiError("unavailable", "down", {})));
  const first = await findDrafts(api, { ...filter, words: "하루" });
  expect(first).toEqual({ items: [], cursor: "next", source: "list" });
  await findDrafts(api, { ...filter, words: "하루" }, first);
  expect(listDrafts.mock.calls).toEqual([[{ title: "하루" }], [{ title: "하루", cursor: "next" }]]);
  expect(findOwn).toHaveBeenCalledOnce();
});

test("any other failure is one", async () => {
  const { api } = apiOf(() => Promise.reject(new ApiError("rate_limited", "slow down", {})));
  await expect(findDrafts(api, { ...filter, words: "하루" })).rejects.toMatchObject({ code: "rate_limited" });
});
