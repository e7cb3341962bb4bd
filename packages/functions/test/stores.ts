import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { ActorCore } from "@haru/core/core";
import type { AvatarId, MediaId } from "@haru/core/id";
import { media } from "@haru/core/media/media.entity";
import { originalKey } from "@haru/core/media/objects";
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
  /** A picture in somebody's library, or with that id the avatar, whose original is in its bucket. */
  addPicture(core: ActorCore, name: string, mediaId?: MediaId | AvatarId): Promise<MediaId | AvatarId>;
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
  const moves = await queues.send(new CreateQueueCommand({ QueueName: "tag-moves" }));
  link("Takeouts", { name: BUCKET });
  link("Media", { name: BUCKET });
  link("TakeoutJobs", { url: QueueUrl });
  link("TagMoves", { url: moves.QueueUrl ?? "" });
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
    async addPicture(core, name, mediaId = core.newId("media")) {
      const pictureId = core.newId("picture");
      const now = new Date().toISOString();
      const made = { width: 1, height: 1, colour: "#000000", thumbHash: "", bytes: 1 };
      const picture = { ...made, pictureId, isAnimated: false, isTransparent: false, formats: [], sizes: [] };
      await media(core)
        .put({
          mediaId,
          ownerId: core.actor.accountId,
          name,
          alt: "",
          caption: "",
          state: "ready",
          bytes: 1,
          picture,
          version: 1,
          createdAt: now,
          updatedAt: now,
        })
        .go();
      const Body = `bytes of ${name}`;
      await store.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: originalKey(pictureId), Body }));
      return mediaId;
    },
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
