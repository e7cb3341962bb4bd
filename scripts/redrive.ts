/**
 * npm run redrive -- <queue> [--dry-run] [--stage <stage>]: gives what lies in a dead-letter
 * queue once more to where it failed. Takes the linked name of the queue, for instance `RefreshDlq`.
 */
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Resource } from "sst";
import * as z from "zod";
import { readArguments, refuseArguments } from "./arguments.ts";
import { redrive } from "./dead-letter.ts";

const usage = "npm run redrive -- <queue> [--dry-run] [--stage <stage>], for instance RefreshDlq";
const {
  values: { "dry-run": isDryRun },
  positionals: [name, ...more],
} = readArguments(usage, { "dry-run": { type: "boolean", default: false } });
const queue = z
  .object({ url: z.url() })
  .safeParse(name ? (Resource as unknown as Record<string, unknown>)[name] : undefined);
if (!queue.success || more.length > 0) refuseArguments(usage);

const clients = {
  sqs: new SQSClient({}),
  streams: new DynamoDBStreamsClient({}),
  lambda: new LambdaClient({}),
};
const { handled, left } = await redrive(clients, { queueUrl: queue.data.url, isDryRun }, (line) =>
  process.stdout.write(`${line}\n`),
);
process.stdout.write(`${handled} handled, ${left} left in ${name}.\n`);
process.exitCode = left > 0 && !isDryRun ? 1 : 0;
