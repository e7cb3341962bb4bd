import { describe, list, move } from "@haru/core/tag/tag";
import { tagContract } from "@haru/core/tag/tag.contract";
import { linkedMoveQueue } from "./core.ts";
import { serve } from "./http.ts";

export const handler = serve(tagContract, {
  list,
  describe,
  move: (core, input) => move({ ...core, moveQueue: linkedMoveQueue() }, input),
});
