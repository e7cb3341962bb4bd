import { create, list } from "@haru/core/comment/comment";
import { commentContract } from "@haru/core/comment/comment.contract";
import { serve } from "./http.ts";

export const handler = serve(commentContract, { list, create });
