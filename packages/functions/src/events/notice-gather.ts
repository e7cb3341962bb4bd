import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { AccountId, CommentId, PostId } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import { type Notice, noticesOf } from "@haru/core/notice/recipient";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { Resource } from "sst";
import { clientOptions, coreFor } from "../core.ts";
import { logger } from "../log.ts";

let queue: SQSClient | undefined;

/**
 * Puts a message into the queue of mails for each person whom a comment concerns that readers see
 * from now on. A record that comes twice makes messages twice; who was told is not told again.
 */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const core = coreFor(defaultLocale);
  for (const record of Records) {
    try {
      await sendAll(await noticesOf(core, commentIn(record)));
    } catch (error) {
      logger.error("A comment's mails could not be queued", { error });
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
    }
  }
  return { batchItemFailures: [] };
}

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

/** At most two people have to do with a comment, so one call is enough. */
async function sendAll(notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  queue ??= new SQSClient(clientOptions);
  const { Failed } = await queue.send(
    new SendMessageBatchCommand({
      QueueUrl: Resource.Notices.url,
      Entries: notices.map((notice, index) => ({ Id: String(index), MessageBody: JSON.stringify(notice) })),
    }),
  );
  if (Failed?.length) throw new Error(`The queue refused ${Failed.length} messages: ${Failed[0]?.Message}`);
}
