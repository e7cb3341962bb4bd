import { link, read, request } from "@haru/core/takeout/takeout";
import { takeoutContract } from "@haru/core/takeout/takeout.contract";
import { linkedZipQueue, linkedZips } from "./core.ts";
import { serve } from "./http.ts";

export const handler = serve(takeoutContract, {
  request: (core, input) => request({ ...core, zipQueue: linkedZipQueue() }, input),
  read,
  link: (core, input) => link({ ...core, zips: linkedZips() }, input),
});
