import { exportPosts } from "@haru/core/transfer/export";
import { importPost } from "@haru/core/transfer/import";
import { transferContract } from "@haru/core/transfer/transfer.contract";
import { serve } from "./http.ts";

export const handler = serve(transferContract, { exportPosts, importPost });
