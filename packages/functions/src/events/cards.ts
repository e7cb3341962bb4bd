import { keepCard } from "@haru/core/card/card";
import type { PostId } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { objectCore } from "../core.ts";
import { logger } from "../log.ts";
import { ofStream } from "../trace.ts";

/** Draws the cards of posts that were published, and takes those away whose posts have left the site. */
export const handler = ofStream(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  for (const record of Records) {
    try {
      await handle(record);
    } catch (error) {
      logger.error("The card of a post could not be kept", { error });
      // The stream continues from here: later changes of the same post wait.
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
    }
  }
  return { batchItemFailures: [] };
});

async function handle({ dynamodb }: DynamoDBRecord): Promise<void> {
  const { OldImage, NewImage } = dynamodb ?? {};
  // A comment counts itself into the same row, and a card that was drawn notes itself there.
  if (NewImage?.card && OldImage?.revision?.N === NewImage.revision?.N) return;
  const postId = (NewImage ?? OldImage)?.postId?.S as PostId;
  const former = [OldImage, NewImage].flatMap((image) => image?.card?.S ?? []);
  const kept = await keepCard(objectCore(defaultLocale), postId, former);
  logger.info("The card of a post was kept", { postId, kept });
  if (kept !== "removed") return;
  // Few posts leave the site, and CloudFront's client is a seventh of this function.
  const { forgetAtEdge } = await import("./edge.ts");
  await forgetAtEdge();
}
