import { defaultLocale } from "@haru/core/locale";
import { follow, moveSchema } from "@haru/core/tag/follow";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { coreFor } from "../core.ts";
import { eachMessage } from "../each-message.ts";
import { logger } from "../log.ts";

/** Has posts follow the tags that were moved. A move that did not come to its end is sent again, and goes on there. */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachMessage(event, "A tag could not be moved", async (message) => {
    const move = moveSchema.parse(message);
    const { posts, failures } = await follow(coreFor(defaultLocale), move);
    const { lang, name, title } = move;
    logger.info("Posts followed a tag", { lang, name, title, posts });
    if (failures.length > 0) throw new AggregateError(failures);
  });
}
