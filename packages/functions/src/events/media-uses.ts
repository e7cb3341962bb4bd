import { decompress } from "@haru/core/compression";
import type { PostId } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import { trackPublication, trackUses } from "@haru/core/media/use";
import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";
import { ofStream } from "../trace.ts";

/**
 * Keeps which posts show a picture, from the table's stream of texts and of posts, which name their covers and
 * the revision that readers see or will see; and of such revisions that are gone.
 */
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
  const core = coreFor(defaultLocale);
  switch (image?.__edb_e__?.S) {
    case "postContent": {
      const [before, after] = await Promise.all([textOf(OldImage), textOf(NewImage)]);
      return trackUses(core, { postId, place: "text", before, after });
    }
    case "post": {
      const [before, after] = [coverOf(OldImage), coverOf(NewImage)];
      await trackUses(core, { postId, place: "cover", before, after });
      const revisions = { before: revisionForReaders(OldImage), after: revisionForReaders(NewImage) };
      return trackPublication(core, { postId, ...revisions });
    }
    case "revision": {
      // What is for readers goes with the post alone. That of a closed account goes so soon that it cannot be read
      // any more once the end of its publication arrives here.
      if (NewImage || !["published", "scheduled"].includes(OldImage?.reason?.S ?? "")) return;
      const before = `${coverOf(OldImage)}\n${await textOf(OldImage)}`;
      return trackUses(core, { postId, place: "published", before, after: "" });
    }
  }
}

type Image = Record<string, AttributeValue> | undefined;

function coverOf(image: Image): string {
  return image?.settings?.M?.cover?.M?.src?.S ?? "";
}

/** A post that waits for its time is not published, so that it has one of the two. */
function revisionForReaders(image: Image): number | undefined {
  const revision = image?.publishedRevision?.N ?? image?.scheduledRevision?.N;
  return revision === undefined ? undefined : Number(revision);
}

async function textOf(image: Image): Promise<string> {
  const bytes = image?.markdown?.B;
  // Events carry bytes as base64.
  return bytes === undefined ? "" : decompress(Buffer.from(bytes, "base64"));
}
