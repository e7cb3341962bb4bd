import { changeHandle, own, read, update } from "@haru/core/profile/profile";
import { profileContract } from "@haru/core/profile/profile.contract";
import { serve } from "./http.ts";

export const handler = serve(profileContract, { read, own, update, changeHandle });
