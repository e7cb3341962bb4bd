import { create, list, open, withdraw } from "@haru/core/preview-link/preview-link";
import { previewLinkContract } from "@haru/core/preview-link/preview-link.contract";
import { serve } from "./http.ts";

export const handler = serve(previewLinkContract, { create, list, withdraw, open });
