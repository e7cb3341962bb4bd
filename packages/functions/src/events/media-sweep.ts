import { defaultLocale } from "@haru/core/locale";
import { type SweepReport, sweep } from "@haru/core/media/sweep";
import { objectCore } from "../core.ts";
import { logger } from "../log.ts";
import { askWorker } from "../media-work.ts";

/** Runs every hour. Its report is the proof of its work, so it is a line of the log. */
export async function handler(): Promise<SweepReport> {
  const report = await sweep(objectCore(defaultLocale), askWorker);
  logger.info("Pictures were swept", { ...report });
  return report;
}
