import type { Core } from "../core.ts";
import type { Snapshot } from "../post/published-post.entity.ts";
import { settingsOf } from "../post/settings.ts";
import type { CommentPolicy } from "../site/site.contract.ts";
import { read as readSite } from "../site/site.ts";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** How the site takes comments. */
export async function readPolicy(core: Core): Promise<CommentPolicy> {
  return (await readSite(core, {})).comments;
}

/** Whether a post takes no comments: it is a page, its author closed them, or it is too old for the site's policy. */
export function isClosed(core: Core, post: Snapshot, { closeAfterDays }: CommentPolicy): boolean {
  if (post.commentsClosed || settingsOf(post).kind === "page") return true;
  const ageMilliseconds = core.now().getTime() - Date.parse(post.publishedAt);
  return closeAfterDays > 0 && ageMilliseconds >= closeAfterDays * dayMilliseconds;
}
