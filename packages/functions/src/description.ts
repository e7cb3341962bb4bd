import { read } from "@haru/core/description/description";
import { descriptionContract } from "@haru/core/description/description.contract";
import { serve } from "./http.ts";

export const handler = serve(descriptionContract, { read });
