import { idSchema } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import { giveUp, makeTakeout } from "@haru/core/takeout/make";
import { tries } from "@haru/core/takeout/takeout.contract";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import * as z from "zod";
import { linkedZips, objectCore } from "../core.ts";
import { eachMessage } from "../each-message.ts";
import { logger } from "../log.ts";

const jobSchema = z.strictObject({ accountId: idSchema("account"), takeoutId: idSchema("takeout") });

/** Makes the zips that were asked for. What fails comes again, and after the last time its owner is told. */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachMessage(event, "A takeout could not be made", async (message, { attributes }) => {
    const core = { ...objectCore(defaultLocale), zips: linkedZips() };
    const job = jobSchema.parse(message);
    try {
      const bytes = await makeTakeout(core, job);
      logger.info("A takeout was made", { takeoutId: job.takeoutId, bytes });
    } catch (error) {
      if (Number(attributes.ApproximateReceiveCount) >= tries) await giveUp(core, job);
      throw error;
    }
  });
}
