import { findComments } from "@haru/core/search/moderated-comments";
import { findOwn } from "@haru/core/search/own-posts";
import { find } from "@haru/core/search/search";
import { searchContract } from "@haru/core/search/search.contract";
import { withIndex } from "./core.ts";
import { serve } from "./http.ts";

export const handler = serve(searchContract, {
  find: withIndex(find),
  findOwn: withIndex(findOwn),
  findComments: withIndex(findComments),
});
