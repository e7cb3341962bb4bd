import { read, update } from "@haru/core/site/site";
import { siteContract } from "@haru/core/site/site.contract";
import { serve } from "./http.ts";

export const handler = serve(siteContract, { read, update });
