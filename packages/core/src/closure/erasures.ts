import type { ClosingCore } from "./close.ts";
import { eraseComments, eraseReports } from "./erase-comments.ts";
import { eraseLists } from "./erase-lists.ts";
import { eraseMedia } from "./erase-media.ts";
import { erasePosts } from "./erase-posts.ts";
import { eraseTakeout } from "./erase-takeout.ts";
import { eraseTraces } from "./erase-traces.ts";

/** In this order, so that what readers see goes first. Each says how much it found. */
export const erasures: readonly ((core: ClosingCore) => Promise<number>)[] = [
  erasePosts,
  eraseComments,
  eraseReports,
  eraseLists,
  eraseMedia,
  eraseTakeout,
  eraseTraces,
];
