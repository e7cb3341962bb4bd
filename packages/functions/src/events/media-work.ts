import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";
import { defaultLocale } from "@haru/core/locale";
import { mediaRowIdSchema } from "@haru/core/media/objects";
import { processUpload } from "@haru/core/media/process";
import { lookAgain } from "@haru/core/media/work";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { Resource } from "sst";
import * as z from "zod";
import { clientOptions, objectCore } from "../core.ts";
import { eachMessage } from "../each-message.ts";
import { logger } from "../log.ts";

/** What the bucket tells of objects that arrived, and what the API and the sweep ask for. */
const bodySchema = z.union([
  z.object({ Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })) }),
  z.object({ work: z.literal("look"), mediaId: mediaRowIdSchema }),
  z.object({ Event: z.literal("s3:TestEvent") }),
]);

/**
 * How long a message rests after each failure. The queue's own time is for workers that died, several
 * minutes of it; a person waits for the picture. After the last failure it goes to the dead letters.
 */
const restSeconds = [5, 4 * 60];

let queue: SQSClient | undefined;

/**
 * Makes pictures of what was uploaded. A message that fails for a passing reason is reported and
 * comes again; a file that is no picture is an answer and not a failure.
 */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachMessage(event, "A picture could not be made", async (message, record) => {
    try {
      await handle(message);
    } catch (error) {
      await comeAgainSoon(record);
      throw error;
    }
  });
}

async function handle(body: unknown): Promise<void> {
  const core = objectCore(defaultLocale);
  const message = bodySchema.parse(body);
  if ("work" in message) return lookAgain(core, message.mediaId);
  if (!("Records" in message)) return;
  for (const { s3 } of message.Records) {
    // Keys are form-encoded in the event.
    const key = decodeURIComponent(s3.object.key.replaceAll("+", " "));
    const outcome = await processUpload(core, key);
    logger.info("An upload was handled", { key, outcome });
  }
}

async function comeAgainSoon({ receiptHandle: ReceiptHandle, attributes }: SQSRecord): Promise<void> {
  queue ??= new SQSClient(clientOptions);
  const failures = Number(attributes.ApproximateReceiveCount);
  const VisibilityTimeout = restSeconds[failures - 1] ?? 0;
  const QueueUrl = Resource.MediaWork.url;
  await queue
    .send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }))
    // It comes again all the same, later.
    .catch((error: unknown) => logger.warn("A message keeps the queue's own time", { error }));
}
