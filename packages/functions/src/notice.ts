import { choose, read, stop } from "@haru/core/notice/notice";
import { noticeContract } from "@haru/core/notice/notice.contract";
import { serve } from "./http.ts";

export const handler = serve(noticeContract, { read, choose, stop });
