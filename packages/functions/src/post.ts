import { listDrafts } from "@haru/core/post/author-posts";
import { create, preview, readDraft, update } from "@haru/core/post/draft";
import { read, source } from "@haru/core/post/post";
import { postContract } from "@haru/core/post/post.contract";
import { publish, unpublish } from "@haru/core/post/publish";
import { remove, restore } from "@haru/core/post/remove";
import { schedule, unschedule } from "@haru/core/post/schedule";
import { serve } from "./http.ts";

export const handler = serve(postContract, {
  read,
  source,
  listDrafts,
  create,
  readDraft,
  update,
  publish,
  unpublish,
  schedule,
  unschedule,
  remove,
  restore,
  preview,
});
