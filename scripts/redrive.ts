/**
 * npm run redrive -- <queue> [--dry-run] [--stage <stage>]: gives a function once more what it
 * failed on. Takes the linked name of a dead-letter queue of a stream mapping, for instance
 * `RefreshDlq`. A message there only points into the stream, so the records are read again from
 * it; the stream keeps them for 24 hours. A message is deleted once its records were handled.
 */
import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from "@aws-sdk/client-dynamodb-streams";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Resource } from "sst";
import * as z from "zod";

/** What a stream mapping leaves in its on-failure destination, as far as it is needed here. */
const failureSchema = z.object({
  requestContext: z.object({ functionArn: z.string(), condition: z.string() }),
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    batchSize: z.number().int().min(1),
    streamArn: z.string(),
  }),
});
type Failure = z.output<typeof failureSchema>;

/** Long enough for one message to be handled before another run could see it. */
const visibilitySeconds = 120;

const sqs = new SQSClient({});
const streams = new DynamoDBStreamsClient({});
const lambda = new LambdaClient({});

const [name, ...flags] = process.argv.slice(2);
const isDryRun = flags.includes("--dry-run");
const queue = z
  .object({ url: z.url() })
  .safeParse(name ? (Resource as unknown as Record<string, unknown>)[name] : undefined);
if (!queue.success) {
  process.stderr.write(
    "Usage: npm run redrive -- <queue> [--dry-run] [--stage <stage>], for instance RefreshDlq\n",
  );
  process.exit(2);
}
const QueueUrl = queue.data.url;

/** The records that a message points to, in the shape of a Lambda event. */
async function readRecords({ DDBStreamBatchInfo: batch }: Failure): Promise<unknown[]> {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: batch.streamArn,
      ShardId: batch.shardId,
      ShardIteratorType: "AT_SEQUENCE_NUMBER",
      SequenceNumber: batch.startSequenceNumber,
    }),
  );
  const { Records = [] } = await streams.send(
    // The batch may have been filtered: records in between are read too, and left out by their place.
    new GetRecordsCommand({ ShardIterator, Limit: 1000 }),
  );
  const end = BigInt(batch.endSequenceNumber);
  return Records.filter(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0) <= end).map((record) => ({
    ...record,
    eventSourceARN: batch.streamArn,
    dynamodb: {
      ...record.dynamodb,
      ApproximateCreationDateTime: Math.floor(
        (record.dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000,
      ),
    },
  }));
}

/** Invokes the function with the records; answers why it failed, or nothing. */
async function handle(failure: Failure): Promise<string | undefined> {
  let Records: unknown[];
  try {
    Records = await readRecords(failure);
  } catch (error) {
    if (!(error instanceof TrimmedDataAccessException)) throw error;
    return "the stream no longer holds these records (they are older than 24 hours)";
  }
  const Payload = JSON.stringify({ Records }, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  );
  const { functionArn } = failure.requestContext;
  const result = await lambda.send(
    new InvokeCommand({ FunctionName: functionArn.replace(/:\$LATEST$/, ""), Payload }),
  );
  const answer = result.Payload ? Buffer.from(result.Payload).toString() : "{}";
  if (result.FunctionError) return `the function failed again: ${answer}`;
  const { batchItemFailures = [] } = (JSON.parse(answer) ?? {}) as { batchItemFailures?: unknown[] };
  return batchItemFailures.length > 0 ? "the function reported failed records again" : undefined;
}

let handled = 0;
let left = 0;
for (;;) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: isDryRun ? 0 : visibilitySeconds,
      WaitTimeSeconds: 1,
    }),
  );
  for (const { Body = "", ReceiptHandle } of Messages) {
    const failure = failureSchema.parse(JSON.parse(Body));
    const { functionArn, condition } = failure.requestContext;
    const { batchSize, startSequenceNumber } = failure.DDBStreamBatchInfo;
    const what = `${functionArn.split(":")[6]}: ${batchSize} records from ${startSequenceNumber} (${condition})`;
    const reason = isDryRun ? "dry run" : await handle(failure);
    if (reason === undefined) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      handled++;
    } else left++;
    process.stdout.write(`${what}: ${reason ?? "handled"}\n`);
  }
  // A dry run hides nothing, so it would see the same messages for ever.
  if (Messages.length === 0 || isDryRun) break;
}
process.stdout.write(`${handled} handled, ${left} left in ${name}.\n`);
process.exitCode = left > 0 && !isDryRun ? 1 : 0;
