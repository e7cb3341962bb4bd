import { defaultLocale } from "@haru/core/locale";
import { doWhatIsDue } from "@haru/core/post/due";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";

/**
 * Publishes what was appointed for this minute or an earlier one, and forgets posts that were deleted
 * 30 days ago. What fails is tried again by the next minute's call.
 */
export async function handler(): Promise<void> {
  for (const { post, outcome, error } of await doWhatIsDue(coreFor(defaultLocale))) {
    const { postId, dueAt } = post;
    if (outcome === "failed")
      logger.error("A post that is due could not be handled", { postId, dueAt, error });
    else logger.info("A post was due", { postId, dueAt, outcome });
  }
}
