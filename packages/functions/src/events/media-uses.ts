import { decompress } from "@haru/core/compression";
import type { PostId } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import { trackUses } from "@haru/core/media/use";
import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";
import { ofStream } from "../trace.ts";

/** Keeps which posts show a picture, from the table's stream of texts and of posts, which name their covers. */
export const handler = ofStream(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  for (const record of Records) {
    try {
      await handle(record);
    } catch (error) {
      logger.error("The pictures of a post could not be noted", { error });
      // The stream continues from here: later changes of the same text wait.
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
    }
  }
  return { batchItemFailures: [] };
});

async function handle({ dynamodb }: DynamoDBRecord): Promise<void> {
  const { OldImage, NewImage } = dynamodb ?? {};
  const image = NewImage ?? OldImage;
  const postId = image?.postId?.S as PostId | undefined;
  if (!postId) return;
  const isText = image?.__edb_e__?.S === "postContent";
  const read = isText ? textOf : coverOf;
  const [before, after] = await Promise.all([read(OldImage), read(NewImage)]);
  await trackUses(coreFor(defaultLocale), { postId, place: isText ? "text" : "cover", before, after });
}

type Image = Record<string, AttributeValue> | undefined;

async function coverOf(image: Image): Promise<string> {
  return image?.settings?.M?.cover?.M?.src?.S ?? "";
}

async function textOf(image: Image): Promise<string> {
  const bytes = image?.markdown?.B;
  // Events carry bytes as base64.
  return bytes === undefined ? "" : decompress(Buffer.from(bytes, "base64"));
}
