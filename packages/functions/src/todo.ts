import { pull } from "@haru/core/todo/pull";
import { push } from "@haru/core/todo/push";
import { syncRoutes } from "@haru/core/todo/sync.contract";
import { serve } from "./http.ts";

export const handler = serve(syncRoutes, { push, pull });
