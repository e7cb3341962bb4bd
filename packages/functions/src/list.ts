import { addresses } from "@haru/core/list/addresses";
import { all, around, feed, posts, series } from "@haru/core/list/list";
import { listContract } from "@haru/core/list/list.contract";
import { serve } from "./http.ts";

export const handler = serve(listContract, { posts, feed, all, around, series, addresses });
