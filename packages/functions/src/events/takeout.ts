import { idSchema } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import { giveUp, makeTakeout } from "@haru/core/takeout/make";
import { tries } from "@haru/core/takeout/takeout.contract";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { linkedZips, objectCore } from "../core.ts";
import { logger } from "../log.ts";

const jobSchema = z.strictObject({ accountId: idSchema("account"), takeoutId: idSchema("takeout") });

/** Makes the zips that were asked for. What fails comes again, and after the last time its owner is told. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const failed = [];
  for (const record of event.Records) if (!(await make(record))) failed.push(record);
  return { batchItemFailures: failed.map(({ messageId: itemIdentifier }) => ({ itemIdentifier })) };
}

async function make({ body, attributes }: SQSRecord): Promise<boolean> {
  const core = { ...objectCore(defaultLocale), zips: linkedZips() };
  const job = jobSchema.parse(JSON.parse(body));
  try {
    const bytes = await makeTakeout(core, job);
    logger.info("A takeout was made", { takeoutId: job.takeoutId, bytes });
    return true;
  } catch (error) {
    logger.error("A takeout could not be made", { takeoutId: job.takeoutId, error });
    if (Number(attributes.ApproximateReceiveCount) >= tries) await giveUp(core, job);
    return false;
  }
}
