import { create, edit, list, preview, remove, report, source } from "@haru/core/comment/comment";
import { commentContract } from "@haru/core/comment/comment.contract";
import { ban, close, history, moderate, queue } from "@haru/core/comment/moderation";
import { serve } from "./http.ts";

export const handler = serve(commentContract, {
  list,
  create,
  preview,
  source,
  edit,
  remove,
  report,
  queue,
  moderate,
  ban,
  history,
  close,
});
