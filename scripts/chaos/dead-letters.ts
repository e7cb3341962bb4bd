import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "../../packages/local/src/aws-client.ts";
import type { RunningCloud } from "../../packages/local/src/start.ts";
import { redrive } from "../dead-letter.ts";

/**
 * Gives every dead letter once more to where it failed.
 * @param explain is told what each was
 * @returns how many there were
 */
export async function redriveAll(cloud: RunningCloud, explain: (line: string) => void): Promise<number> {
  const { endpoints, resources } = cloud;
  const clients = {
    sqs: new SQSClient(clientSettings(endpoints.sqs)),
    streams: new DynamoDBStreamsClient(clientSettings(endpoints.dynamodb)),
    lambda: new LambdaClient(clientSettings(endpoints.lambda)),
  };
  let count = 0;
  try {
    const queues = resources.filter(
      ({ type, name }) => type === "aws:sqs/queue:Queue" && name.includes("Dlq"),
    );
    for (const { name, state } of queues) {
      const QueueUrl = String(state.url);
      const AttributeNames = ["ApproximateNumberOfMessages" as const];
      const { Attributes } = await clients.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames }),
      );
      if (Number(Attributes?.ApproximateNumberOfMessages) === 0) continue;
      const { handled, left } = await redrive(clients, { queueUrl: QueueUrl, isDryRun: false }, (line) =>
        explain(`${name}: ${line}`),
      );
      count += handled + left;
    }
    return count;
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
