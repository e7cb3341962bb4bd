import { closeWhatIsDue } from "@haru/core/closure/close";
import { defaultLocale } from "@haru/core/locale";
import { eraseDeletedLists } from "@haru/core/todo/erase-list";
import { coreFor, linkedAdminPool, linkedZips } from "../core.ts";
import { logger } from "../log.ts";

/**
 * Deletes accounts whose time has come, and todo lists that were deleted too long ago to be restored. What fails,
 * and what was not finished, is taken up by the next call.
 */
export async function handler(): Promise<void> {
  const core = {
    ...coreFor(defaultLocale, { caller: { address: "closure", device: "?" } }),
    userPool: linkedAdminPool(),
    zips: linkedZips(),
  };
  for (const { accountId, outcome, error } of await closeWhatIsDue(core)) {
    if (outcome === "failed") logger.error("An account could not be deleted", { accountId, error });
    else logger.info("An account was due to be deleted", { accountId, outcome });
  }
  for (const { listId, outcome, error } of await eraseDeletedLists(core)) {
    if (outcome === "failed") logger.error("A deleted list could not be erased", { listId, error });
    else logger.info("A deleted list was erased", { listId });
  }
}
