import { closeWhatIsDue } from "@haru/core/closure/close";
import { defaultLocale } from "@haru/core/locale";
import { coreFor, linkedAdminPool, linkedZips } from "../core.ts";
import { logger } from "../log.ts";

/** Deletes accounts whose time has come. What fails, and what was not finished, is taken up by the next call. */
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
}
