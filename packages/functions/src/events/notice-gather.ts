import type { AccountId, CommentId, PostId } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import { noticesOf } from "@haru/core/notice/recipient";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { Resource } from "sst";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";
import { sendMessages } from "../send-messages.ts";
import { ofStream } from "../trace.ts";

/**
 * Puts a message into the queue of mails for each person whom a comment concerns that readers see
 * from now on. A record that comes twice makes messages twice; who was told is not told again.
 */
export const handler = ofStream(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const core = coreFor(defaultLocale);
  for (const record of Records) {
    try {
      await sendMessages(Resource.Notices.url, await noticesOf(core, commentIn(record)));
    } catch (error) {
      logger.error("A comment's mails could not be queued", { error });
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
    }
  }
  return { batchItemFailures: [] };
});

function commentIn({ dynamodb }: DynamoDBRecord) {
  const text = (name: string) => dynamodb?.NewImage?.[name]?.S ?? "";
  // The stream's filter lets shown comments through and nothing else, and their entity requires each attribute.
  return {
    postId: text("postId") as PostId,
    threadId: text("threadId") as CommentId,
    commentId: text("commentId") as CommentId,
    accountId: text("accountId") as AccountId,
    postAuthorId: text("postAuthorId") as AccountId,
  };
}
