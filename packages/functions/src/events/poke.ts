import type { AccountId, ListId } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";
import { listTellings, type Telling, tell } from "../sockets.ts";
import { ofStream } from "../trace.ts";

/**
 * Pokes the devices of everybody who sees a list that changed, from the table's stream: of many
 * changes of a list the last one is enough. A change of who may see a list pokes that person, and
 * one of a picture its author.
 */
export const handler = ofStream(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const core = coreFor(defaultLocale);
  try {
    const seqs = new Map<ListId, number>();
    const tellings: Telling[] = [];
    for (const record of Records) {
      const image = imageOf(record);
      const { mediaId, ownerId, version } = image ?? {};
      if (mediaId?.S && ownerId?.S)
        tellings.push({
          accountId: ownerId.S as AccountId,
          poke: { topic: "media", id: mediaId.S, seq: Number(version?.N) },
        });
      const listId = image?.listId?.S as ListId | undefined;
      if (!listId) continue;
      const accountId = image?.accountId?.S as AccountId | undefined;
      if (accountId) tellings.push({ accountId, poke: { topic: "list", id: listId, seq: 0 } });
      else seqs.set(listId, Number(image?.seq?.N ?? 0));
    }
    tellings.push(...(await listTellings(core, seqs)));
    await tell(core, tellings);
    return { batchItemFailures: [] };
  } catch (error) {
    logger.error("Devices could not be told what changed", { error, records: Records.length });
    return { batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber ?? "" }] };
  }
});

/** The row afterwards, or before it was deleted. */
function imageOf({ dynamodb }: DynamoDBRecord) {
  return dynamodb?.NewImage ?? dynamodb?.OldImage;
}
