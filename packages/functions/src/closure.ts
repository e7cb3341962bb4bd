import { cancel, read, request } from "@haru/core/closure/closure";
import { closureContract } from "@haru/core/closure/closure.contract";
import { withUserPool } from "./core.ts";
import { serve } from "./http.ts";

export const handler = serve(closureContract, {
  read,
  request: withUserPool(request),
  cancel,
});
