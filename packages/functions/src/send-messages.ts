import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientOptions } from "./core.ts";
import { tracedMessage } from "./trace.ts";

/** SQS takes so many messages in one call. */
const mostInCall = 10;

let sqs: SQSClient | undefined;

/**
 * Puts messages into a queue, each as JSON.
 * @throws Error when the queue did not take one; those before it are in
 */
export async function sendMessages(queueUrl: string, messages: readonly object[]): Promise<void> {
  sqs ??= new SQSClient(clientOptions);
  for (let at = 0; at < messages.length; at += mostInCall) {
    const part = messages.slice(at, at + mostInCall);
    const { Failed } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: part.map((message, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message),
          ...tracedMessage(),
        })),
      }),
    );
    if (Failed?.length) throw new Error(`The queue refused ${Failed.length} messages: ${Failed[0]?.Message}`);
  }
}
