import { ticket } from "@haru/core/realtime/realtime";
import { realtimeContract } from "@haru/core/realtime/realtime.contract";
import { serve } from "./http.ts";

export const handler = serve(realtimeContract, { ticket });
