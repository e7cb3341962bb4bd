import { arrange } from "@haru/core/series/series";
import { seriesContract } from "@haru/core/series/series.contract";
import { serve } from "./http.ts";

export const handler = serve(seriesContract, { arrange });
