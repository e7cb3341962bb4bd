import { decompress } from "@haru/core/compression";
import type { PostId } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import { trackUses } from "@haru/core/media/use";
import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";

/** Keeps which posts show a picture, from the table's stream of texts. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of Records) {
    try {
      await handle(record);
    } catch (error) {
      logger.error("The pictures of a text could not be noted", { error });
      // The stream continues from here: later changes of the same text wait.
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
    }
  }
  return { batchItemFailures: [] };
}

async function handle({ dynamodb }: DynamoDBRecord): Promise<void> {
  const { OldImage, NewImage } = dynamodb ?? {};
  const postId = (NewImage ?? OldImage)?.postId?.S as PostId | undefined;
  if (!postId) return;
  const [before, after] = await Promise.all([textOf(OldImage), textOf(NewImage)]);
  await trackUses(coreFor(defaultLocale), { postId, before, after });
}

async function textOf(image: Record<string, AttributeValue> | undefined): Promise<string> {
  const bytes = image?.markdown?.B;
  // Events carry bytes as base64.
  return bytes === undefined ? "" : decompress(Buffer.from(bytes, "base64"));
}
