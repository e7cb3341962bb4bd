import { list, read, restore } from "@haru/core/revision/revision";
import { revisionContract } from "@haru/core/revision/revision.contract";
import { serve } from "./http.ts";

export const handler = serve(revisionContract, { list, read, restore });
