import { defaultLocale } from "@haru/core/locale";
import { follow, moveSchema } from "@haru/core/tag/follow";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";

/** Has posts follow the tags that were moved. A move that did not come to its end is sent again, and goes on there. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const unfinished = [];
  for (const record of Records) if (!(await finish(record))) unfinished.push(record);
  return { batchItemFailures: unfinished.map(({ messageId: itemIdentifier }) => ({ itemIdentifier })) };
}

async function finish({ body, messageId }: SQSRecord): Promise<boolean> {
  try {
    const move = moveSchema.parse(JSON.parse(body));
    const { posts, failures } = await follow(coreFor(defaultLocale), move);
    const { lang, name, title } = move;
    logger.info("Posts followed a tag", { lang, name, title, posts });
    for (const error of failures) logger.error("A post could not follow its tag", { lang, name, error });
    return failures.length === 0;
  } catch (error) {
    logger.error("A tag could not be moved", { error, messageId });
    return false;
  }
}
