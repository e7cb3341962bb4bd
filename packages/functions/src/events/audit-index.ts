import { defaultLocale } from "@haru/core/locale";
import { audit, differences } from "@haru/core/search/audit";
import { analysisVersion } from "@haru/core/search/search-document";
import { Resource } from "sst";
import { coreFor, linkedIndex } from "../core.ts";
import { logger } from "../log.ts";
import { countMetrics } from "../metric.ts";

/** A mark of what is gone keeps late writes out: the stream holds none older than a day. */
const marksKeptMilliseconds = 3 * 24 * 60 * 60 * 1000;

/** Compares table and index, repairs what differs, and says what it was. An alarm stands on the differences. */
export async function handler(): Promise<void> {
  const index = linkedIndex();
  await index.open();
  const core = { ...coreFor(defaultLocale), index };
  const generations = await index.generations();
  const read = generations.find(({ isRead }) => isRead);
  if (!read) throw new Error("No generation of the index is read");
  const report = await audit(core, { generation: read.number, repairs: true });
  const swept = await index.sweep(new Date(core.now().getTime() - marksKeptMilliseconds));
  const say = differences(report) > 0 ? logger.error : logger.info;
  say.call(logger, "The index was compared with the table", { ...report, swept });
  const { missing, stale, ghosts } = report;
  countMetrics(Resource.App.stage, core.now(), {
    IndexDifferences: differences(report),
    IndexMissing: missing,
    IndexStale: stale,
    IndexGhosts: ghosts,
  });
  if (read.analysis !== analysisVersion) {
    logger.error("The index was made by an older analysis: run npm run search -- reindex", {
      analysis: read.analysis,
      wanted: analysisVersion,
    });
  }
}
