import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Cloud } from "../cloud.ts";
import { queueUrl } from "../function/destination.ts";
import { toLambdaRecord } from "../mapping/stream-record.ts";
import { createStreamsClient, StreamsError } from "../mapping/streams-client.ts";
import type { FailureSource } from "./failure-source.ts";
import { type BatchInfo, describeLetter, type Letter, readLetter } from "./letter.ts";
import type { RedriveOutcome } from "./view.ts";

/** Long enough for a run to meet every message once. */
const HIDDEN_SECONDS = 15 * 60;

type Surroundings = Pick<Cloud, "endpoints" | "functions" | "destinations">;

/**
 * Gives every message of a queue once more to where it failed, and deletes it
 * when it was taken. What comes while this runs is left alone, so that it ends.
 */
export async function redrive(
  client: SQSClient,
  queue: { readonly arn: string; readonly sources: readonly FailureSource[] },
  cloud: Surroundings,
): Promise<RedriveOutcome> {
  const QueueUrl = queueUrl(cloud.endpoints, queue.arn);
  const startedAt = Date.now();
  const hidden: string[] = [];
  const left: string[] = [];
  let handled = 0;
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HIDDEN_SECONDS,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["MessageGroupId", "SentTimestamp"],
      }),
    );
    if (Messages.length === 0) break;
    for (const message of Messages) {
      const isNew = Number(message.Attributes?.SentTimestamp ?? 0) > startedAt;
      const letter = readLetter(message.Body ?? "", queue.sources);
      const reason = isNew ? "it came while this ran" : await deliver(letter, message, client, cloud);
      if (reason === undefined) {
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
        handled++;
      } else {
        hidden.push(message.ReceiptHandle ?? "");
        left.push(`${describeLetter(letter)}: ${reason}`);
      }
    }
  }
  for (const ReceiptHandle of hidden) {
    // Not at once: fauxqs loses a message of a kept queue whose time is set to 0.
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 1 }));
  }
  return { handled, left };
}

/** @returns why it stays, or nothing when it was taken */
async function deliver(
  letter: Letter,
  message: Message,
  client: SQSClient,
  cloud: Surroundings,
): Promise<string | undefined> {
  try {
    switch (letter.kind) {
      case "batch": {
        const Records = await readBatch(letter.batch, cloud.endpoints.dynamodb);
        if (Records.length === 0) return "the stream has no such records any more";
        return refusalOf(await cloud.functions.invoke(letter.functionArn, { Records }));
      }
      case "event":
        return refusalOf(await cloud.functions.invoke(letter.functionArn, letter.event));
      case "message":
        return await giveBack(letter.takes, message, client, cloud);
      case "unknown":
        return letter.reason;
    }
  } catch (error) {
    const isGone = error instanceof StreamsError && error.code === "TrimmedDataAccessException";
    return isGone ? "the stream keeps records for a day, and these are older" : (error as Error).message;
  }
}

function refusalOf(answer: unknown): string | undefined {
  const { batchItemFailures = [] } = (answer ?? {}) as { batchItemFailures?: readonly unknown[] };
  return batchItemFailures.length > 0 ? "the function reported it as failed again" : undefined;
}

async function giveBack(
  takes: string,
  { Body = "", MessageId, MessageAttributes, Attributes }: Message,
  client: SQSClient,
  { endpoints, functions }: Surroundings,
): Promise<string | undefined> {
  if (takes.split(":")[2] === "lambda") return refusalOf(await functions.invoke(takes, JSON.parse(Body)));
  const group = Attributes?.MessageGroupId;
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl(endpoints, takes),
      MessageBody: Body,
      ...(MessageAttributes ? { MessageAttributes } : {}),
      ...(group ? { MessageGroupId: group, MessageDeduplicationId: MessageId } : {}),
    }),
  );
  return undefined;
}

/** The batch may have been filtered: records in between come once more too, as with a replay of the stream. */
async function readBatch(batch: BatchInfo, url: string): Promise<unknown[]> {
  const client = createStreamsClient(url);
  const end = BigInt(batch.endSequenceNumber);
  const found: unknown[] = [];
  const signal = new AbortController().signal;
  let iterator: string | undefined = await client.iteratorAt(
    batch.streamArn,
    batch.shardId,
    batch.startSequenceNumber,
  );
  while (iterator) {
    const { records, next } = await client.read(iterator, signal);
    for (const record of records) {
      if (BigInt(record.dynamodb.SequenceNumber) > end) return found;
      found.push(toLambdaRecord(record, batch.streamArn));
    }
    if (records.at(-1)?.dynamodb.SequenceNumber === batch.endSequenceNumber) return found;
    // An open shard has no end: what is not there now is gone.
    iterator = records.length > 0 ? next : undefined;
  }
  return found;
}
