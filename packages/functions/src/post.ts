import { create, listDrafts, preview, readDraft, update } from "@haru/core/post/draft";
import { list, read } from "@haru/core/post/post";
import { postContract } from "@haru/core/post/post.contract";
import { publish, unpublish } from "@haru/core/post/publish";
import { serve } from "./http.ts";

export const handler = serve(postContract, {
  list,
  read,
  listDrafts,
  create,
  readDraft,
  update,
  publish,
  unpublish,
  preview,
});
