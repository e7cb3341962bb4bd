/**
 * Gives what lies in a dead-letter queue once more to where it failed. Three kinds of
 * messages come to lie there, and the message itself tells which one it is:
 *
 * - a stream mapping leaves a pointer into the stream: the records are read again, and
 *   the function is invoked with them. The stream keeps them for 24 hours;
 * - an asynchronous invocation leaves its payload: the function is invoked with it;
 * - a queue leaves its own message: it goes back to the queue that it came from.
 *
 * A message is deleted only after that.
 */
import {
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from "@aws-sdk/client-dynamodb-streams";
import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  paginateListQueues,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";

const contextSchema = z.object({ functionArn: z.string(), condition: z.string() });

/** What a stream mapping leaves in its on-failure destination, as far as it is needed here. */
const streamFailureSchema = z.object({
  requestContext: contextSchema,
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    batchSize: z.number().int().min(1),
    streamArn: z.string(),
  }),
});
type StreamFailure = z.output<typeof streamFailureSchema>;

/** What an asynchronous invocation leaves in its on-failure destination. */
const invocationFailureSchema = z.object({ requestContext: contextSchema, requestPayload: z.unknown() });

export interface Clients {
  readonly sqs: SQSClient;
  readonly streams: DynamoDBStreamsClient;
  readonly lambda: LambdaClient;
}

/** One message that can be given to where it failed. */
interface DeadLetter {
  /** What it is, in one short line. */
  readonly what: string;
  /** Answers why it failed again, or nothing. */
  redrive(): Promise<string | undefined>;
}

/** Long enough for a run to handle all messages before another one could see them. */
const visibilitySeconds = 15 * 60;

/**
 * @param report is told one line for each message
 * @returns how many messages were handled, and how many are left because they failed again
 */
export async function redrive(
  clients: Clients,
  { queueUrl: QueueUrl, isDryRun }: { readonly queueUrl: string; readonly isDryRun: boolean },
  report: (line: string) => void,
): Promise<{ handled: number; left: number }> {
  const { sqs } = clients;
  const sources = await findSources(sqs, QueueUrl);
  const startedAt = Date.now();
  let handled = 0;
  const left: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: isDryRun ? 0 : visibilitySeconds,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["MessageGroupId", "SentTimestamp"],
      }),
    );
    for (const message of Messages) {
      const letter = read(clients, message, sources);
      // What was sent back and lies here already would otherwise go round for ever.
      const isNew = Number(message.Attributes?.SentTimestamp ?? 0) > startedAt;
      const reason = isDryRun ? "dry run" : isNew ? "it came while this ran" : await letter.redrive();
      if (reason === undefined) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
        handled++;
      } else left.push(message.ReceiptHandle ?? "");
      report(`${letter.what}: ${reason ?? "handled"}`);
    }
    // A dry run hides nothing, so it would see the same messages for ever.
    if (Messages.length === 0 || isDryRun) break;
  }
  // Hidden until now, so that this run met each message once; the next run may come soon.
  for (const ReceiptHandle of isDryRun ? [] : left) {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 1 }));
  }
  return { handled, left: left.length };
}

/** The queues whose dead letters go to this one. */
async function findSources(sqs: SQSClient, deadLetterQueueUrl: string): Promise<string[]> {
  const attributesOf = async (QueueUrl: string) =>
    (
      await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn", "RedrivePolicy"] }),
      )
    ).Attributes ?? {};
  const { QueueArn } = await attributesOf(deadLetterQueueUrl);
  const sources: string[] = [];
  for await (const { QueueUrls = [] } of paginateListQueues({ client: sqs, pageSize: 100 }, {})) {
    for (const url of QueueUrls) {
      const { RedrivePolicy } = await attributesOf(url);
      if (RedrivePolicy && JSON.parse(RedrivePolicy).deadLetterTargetArn === QueueArn) sources.push(url);
    }
  }
  return sources;
}

function read(clients: Clients, message: Message, sources: readonly string[]): DeadLetter {
  const body = readJson(message.Body ?? "");
  const stream = streamFailureSchema.safeParse(body);
  if (stream.success) {
    const { requestContext, DDBStreamBatchInfo: batch } = stream.data;
    return {
      what: `${nameOf(requestContext.functionArn)}: ${batch.batchSize} records from ${batch.startSequenceNumber} (${requestContext.condition})`,
      redrive: () => handleRecords(clients, stream.data),
    };
  }
  const invocation = invocationFailureSchema.safeParse(body);
  if (invocation.success) {
    const { requestContext, requestPayload } = invocation.data;
    return {
      what: `${nameOf(requestContext.functionArn)}: one event (${requestContext.condition})`,
      redrive: () =>
        invoke(clients.lambda, requestContext.functionArn, JSON.stringify(requestPayload ?? null)),
    };
  }
  return {
    what: `message ${message.MessageId}`,
    redrive: () => sendBack(clients.sqs, message, sources),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A queue may carry any text; then it is no record of a failure.
  }
}

const nameOf = (functionArn: string): string => functionArn.split(":")[6] ?? functionArn;

async function sendBack(
  sqs: SQSClient,
  { MessageId, Body, MessageAttributes, Attributes }: Message,
  sources: readonly string[],
): Promise<string | undefined> {
  const [QueueUrl, ...others] = sources;
  if (!QueueUrl || others.length > 0) {
    return `${sources.length} queues have their dead letters here, so where it came from is not known`;
  }
  const group = Attributes?.MessageGroupId;
  await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: Body,
      MessageAttributes,
      ...(group ? { MessageGroupId: group, MessageDeduplicationId: MessageId } : {}),
    }),
  );
  return undefined;
}

async function handleRecords(
  { streams, lambda }: Clients,
  failure: StreamFailure,
): Promise<string | undefined> {
  let Records: unknown[];
  try {
    Records = await readRecords(streams, failure);
  } catch (error) {
    if (!(error instanceof TrimmedDataAccessException)) throw error;
    return "the stream no longer holds these records (they are older than 24 hours)";
  }
  const payload = JSON.stringify({ Records }, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  );
  return invoke(lambda, failure.requestContext.functionArn, payload);
}

/** The records that a message points to, in the shape of a Lambda event. */
async function readRecords(
  streams: DynamoDBStreamsClient,
  { DDBStreamBatchInfo: batch }: StreamFailure,
): Promise<unknown[]> {
  const { ShardIterator: first } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: batch.streamArn,
      ShardId: batch.shardId,
      ShardIteratorType: "AT_SEQUENCE_NUMBER",
      SequenceNumber: batch.startSequenceNumber,
    }),
  );
  const end = BigInt(batch.endSequenceNumber);
  const found: unknown[] = [];
  // One answer holds at most 1 MB, which may be less than the batch.
  for (let iterator = first; iterator; ) {
    const { Records = [], NextShardIterator } = await streams.send(
      new GetRecordsCommand({ ShardIterator: iterator }),
    );
    for (const record of Records) {
      // The batch may have been filtered: records in between are handled once more too, which does no harm.
      if (BigInt(record.dynamodb?.SequenceNumber ?? 0) > end) return found;
      const createdAt = record.dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0;
      found.push({
        ...record,
        eventSourceARN: batch.streamArn,
        dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: Math.floor(createdAt / 1000) },
      });
      if (BigInt(record.dynamodb?.SequenceNumber ?? 0) === end) return found;
    }
    iterator = NextShardIterator;
  }
  return found;
}

/** Invokes a function and waits for its end; answers why it failed, or nothing. */
async function invoke(
  lambda: LambdaClient,
  functionArn: string,
  payload: string,
): Promise<string | undefined> {
  const result = await lambda.send(
    new InvokeCommand({ FunctionName: functionArn.replace(/:\$LATEST$/, ""), Payload: payload }),
  );
  const answer = result.Payload ? Buffer.from(result.Payload).toString() : "{}";
  if (result.FunctionError) return `the function failed again: ${answer}`;
  const { batchItemFailures = [] } = (JSON.parse(answer) ?? {}) as { batchItemFailures?: unknown[] };
  return batchItemFailures.length > 0 ? "the function reported failed records again" : undefined;
}
