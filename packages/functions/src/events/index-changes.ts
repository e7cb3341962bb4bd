import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { CommentId, PostId } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import { indexTouched, type Touched } from "@haru/core/search/index-touched";
import { IndexUnavailable, type Refusal } from "@haru/core/search/search-index";
import { keyOf, type Subject, subjectOf } from "@haru/core/search/subject";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { Resource } from "sst";
import { clientOptions, coreFor, linkedIndex } from "../core.ts";
import { logger } from "../log.ts";
import { ofStream } from "../trace.ts";

/** Records whose posts and comments are read and written together: enough for quick bulks, few enough for the memory. */
const recordsPerWrite = 25;

/** While the index is down, a batch waits here for as long as the function has time, and then in the stream. */
const firstWaitMilliseconds = 250;
const longestWaitMilliseconds = 8_000;
const reserveMilliseconds = 15_000;

let sqs: SQSClient | undefined;

/**
 * Brings the index up to the table, from the stream's records of posts and comments. Those that could not be
 * indexed are reported, so that the stream sends them again. A document that the index refuses goes
 * to the queue of failures by itself, since no other try would end otherwise.
 */
export const handler = ofStream(
  async (
    { Records }: DynamoDBStreamEvent,
    context: Pick<Context, "getRemainingTimeInMillis" | "invokedFunctionArn">,
  ): Promise<DynamoDBBatchResponse> => {
    for (let at = 0; at < Records.length; at += recordsPerWrite) {
      const records = Records.slice(at, at + recordsPerWrite);
      try {
        const refusals = await patiently(() => indexRecords(records), context);
        for (const refusal of refusals) await setAside(refusal, records, context.invokedFunctionArn);
      } catch (error) {
        logger.error("Changes could not be indexed", { error, records: records.length });
        return { batchItemFailures: [{ itemIdentifier: records[0]?.dynamodb?.SequenceNumber ?? "" }] };
      }
    }
    return { batchItemFailures: [] };
  },
);

async function indexRecords(records: readonly DynamoDBRecord[]): Promise<readonly Refusal[]> {
  const index = linkedIndex();
  await index.open();
  return indexTouched({ ...coreFor(defaultLocale), index }, records.map(touchedBy));
}

function touchedBy({ dynamodb }: DynamoDBRecord): Touched {
  const images = [dynamodb?.OldImage, dynamodb?.NewImage];
  const image = dynamodb?.NewImage ?? dynamodb?.OldImage;
  const postId = image?.postId?.S as PostId | undefined;
  if (postId === undefined) throw new Error("A record of a post or a comment names no post");
  const subject: Subject =
    image?.__edb_e__?.S === "comment"
      ? {
          noun: "comment",
          postId,
          threadId: image.threadId?.S as CommentId,
          commentId: image.commentId?.S as CommentId,
        }
      : { noun: "post", postId };
  return { subject, version: Math.max(...images.map((each) => Number(each?.version?.N ?? 0))) };
}

async function patiently<Result>(
  run: () => Promise<Result>,
  { getRemainingTimeInMillis }: Pick<Context, "getRemainingTimeInMillis">,
): Promise<Result> {
  for (let wait = firstWaitMilliseconds; ; wait = Math.min(wait * 2, longestWaitMilliseconds)) {
    try {
      return await run();
    } catch (error) {
      const hasTime = getRemainingTimeInMillis() > wait + reserveMilliseconds;
      if (!(error instanceof IndexUnavailable) || !hasTime) throw error;
      logger.warn("The index cannot be reached and is tried again", { error, waitMilliseconds: wait });
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Keeps the record of a refused document in the shape of a failed invocation, which `npm run redrive` takes. */
async function setAside({ id, reason }: Refusal, records: readonly DynamoDBRecord[], functionArn: string) {
  logger.error("The index refuses a document for good", { document: id, reason });
  const key = keyOf(subjectOf(id));
  const refused = records.filter((record) => keyOf(touchedBy(record).subject) === key);
  sqs ??= new SQSClient(clientOptions);
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: Resource.IndexDlq.url,
      MessageBody: JSON.stringify({
        requestContext: { functionArn, condition: "DocumentRefused" },
        reason,
        // The images may be larger than a message; the function reads the rows again anyway.
        requestPayload: { Records: refused.slice(-1).map(withoutText) },
      }),
    }),
  );
}

/** What `touchedBy` reads. */
const namingAttributes = ["__edb_e__", "postId", "threadId", "commentId", "version"];

function withoutText({ eventName, dynamodb }: DynamoDBRecord): object {
  const image = dynamodb?.NewImage ?? dynamodb?.OldImage;
  return {
    eventName,
    dynamodb: {
      SequenceNumber: dynamodb?.SequenceNumber,
      NewImage: Object.fromEntries(namingAttributes.map((name) => [name, image?.[name]])),
    },
  };
}
