import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { clientSettings, onePerCloud } from "../aws-client.ts";
import { ACCOUNT_ID, type Cloud, type Providers, REGION } from "../cloud.ts";

const clientOf = onePerCloud((cloud) => new SQSClient(clientSettings(cloud.endpoints.sqs)));

/** Queues, which are kept with their messages and brought to what the program declares now. */
export const sqsProviders: Providers = {
  "aws:sqs/queue:Queue": async ({ inputs }, cloud) => {
    const name: string = inputs.name;
    const client = clientOf(cloud);
    const attributes = attributesOf(inputs);
    if (await exists(client, name)) {
      const QueueUrl = urlOf(cloud, name);
      await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes }));
    } else {
      const { RedrivePolicy, ...others } = attributes;
      const created = {
        ...others,
        ...(RedrivePolicy ? { RedrivePolicy } : {}),
        ...(inputs.fifoQueue ? { FifoQueue: "true" } : {}),
      };
      await client.send(new CreateQueueCommand({ QueueName: name, Attributes: created }));
    }
    const url = urlOf(cloud, name);
    return { id: url, state: { url, arn: `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${name}` } };
  },
};

/** AWS's defaults stand for what is not declared, so that a removed setting is undone. */
function attributesOf(inputs: Record<string, unknown>): Record<string, string> {
  const text = (value: unknown, fallback: string | number) => String(value ?? fallback);
  return {
    VisibilityTimeout: text(inputs.visibilityTimeoutSeconds, 30),
    DelaySeconds: text(inputs.delaySeconds, 0),
    ReceiveMessageWaitTimeSeconds: text(inputs.receiveWaitTimeSeconds, 0),
    MessageRetentionPeriod: text(inputs.messageRetentionSeconds, 345_600),
    // An empty policy takes the dead-letter queue away.
    RedrivePolicy: text(inputs.redrivePolicy, ""),
    ...(inputs.maxMessageSize === undefined ? {} : { MaximumMessageSize: String(inputs.maxMessageSize) }),
    ...(inputs.fifoQueue
      ? { ContentBasedDeduplication: String(inputs.contentBasedDeduplication === true) }
      : {}),
  };
}

/** The address that programs get: the SDK sends to the host of the queue's URL, whatever its endpoint is. */
function urlOf(cloud: Cloud, name: string): string {
  return `${cloud.endpoints.sqs}/${ACCOUNT_ID}/${name}`;
}

async function exists(client: SQSClient, name: string): Promise<boolean> {
  try {
    await client.send(new GetQueueUrlCommand({ QueueName: name }));
    return true;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return false;
    throw error;
  }
}
