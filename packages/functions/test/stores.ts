import { CreateBucketCommand, DeleteBucketCommand, DeleteObjectsCommand } from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { ZipStore } from "@haru/core/takeout/takeout";
import type { SQSEvent } from "aws-lambda";
import { clientSettings } from "../../local/src/aws-client.ts";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../../local/src/credentials.ts";
import { startSqs } from "../../local/src/engine/sqs.ts";
import { BUCKET, startObjectStore } from "../../local/test/object-store.ts";
import { link } from "./services.ts";

/** A bucket of zips and the queue of those to make, which the functions of this process are linked to. */
export interface TakeoutStores {
  readonly zips: ZipStore;
  keys(): Promise<string[]>;
  /** What the queue would hand to its function now. */
  nextEvent(receiveCount?: number): Promise<SQSEvent>;
  /** Runs something while the bucket is not there. It is empty afterwards. */
  withoutBucket(run: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export async function startTakeoutStores(): Promise<TakeoutStores> {
  const store = await startObjectStore();
  const engine = await startSqs({});
  const queues = new SQSClient(clientSettings(engine.url));
  const { QueueUrl = "" } = await queues.send(new CreateQueueCommand({ QueueName: "takeouts" }));
  link("Takeouts", { name: BUCKET });
  link("Media", { name: BUCKET });
  link("TakeoutJobs", { url: QueueUrl });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: store.url,
    AWS_ENDPOINT_URL_SQS: engine.url,
    AWS_REQUEST_CHECKSUM_CALCULATION: "WHEN_REQUIRED",
    AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
  });
  return {
    zips: { bucket: BUCKET, client: store.client },
    keys: async () => (await store.keys()).filter((key) => key.endsWith(".zip")),
    async nextEvent(receiveCount = 1) {
      const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl }));
      const Records = Messages.map(({ MessageId, Body }) => ({
        messageId: MessageId,
        body: Body,
        attributes: { ApproximateReceiveCount: String(receiveCount) },
      }));
      return { Records } as unknown as SQSEvent;
    },
    async withoutBucket(run) {
      const Objects = (await store.keys()).map((Key) => ({ Key }));
      await store.client.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects } }));
      await store.client.send(new DeleteBucketCommand({ Bucket: BUCKET }));
      await run();
      await store.client.send(new CreateBucketCommand({ Bucket: BUCKET }));
    },
    async stop() {
      queues.destroy();
      await engine.stop();
      await store.stop();
    },
  };
}
