import path from "node:path";
import type { Log } from "./cloud.ts";
import type { DataFolder } from "./data-folder.ts";
import { type DynamodbEngine, startDynamodb } from "./engine/dynamodb.ts";
import { type S3Engine, startS3 } from "./engine/s3.ts";
import { type SesEngine, startSes } from "./engine/ses.ts";
import { type SqsEngine, startSqs } from "./engine/sqs.ts";

export interface Engines {
  readonly dynamodb: DynamodbEngine;
  readonly s3: S3Engine;
  readonly sqs: SqsEngine;
  readonly ses: SesEngine;
  stop(): Promise<void>;
}

/**
 * Starts all engines on the data folder, side by side.
 * @throws Error with one sentence from the first that cannot start; the others are stopped
 */
export async function startEngines(
  data: DataFolder,
  options: { readonly log: Log; onGone(reason: Error): void },
): Promise<Engines> {
  const folder = (name: string) => path.join(data.path, name);
  const [dynamodb, s3, sqs, ses] = await Promise.allSettled([
    data
      .port("dynamodb engine")
      .then((port) => startDynamodb({ dataFolder: folder("dynamodb"), port, ...options })),
    data.port("s3 engine").then((port) => startS3({ dataFolder: folder("s3"), port })),
    data.port("sqs engine").then((port) => startSqs({ dataFolder: folder("sqs"), port })),
    data.port("ses").then((port) => startSes({ dataFolder: folder("ses"), port })),
  ]);
  const results = [dynamodb, s3, sqs, ses];
  const stop = async () => {
    await Promise.all(
      results.map((result) => (result.status === "fulfilled" ? result.value.stop() : undefined)),
    );
  };
  const failed = results.find((result) => result.status === "rejected");
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const value = <T>(result: PromiseSettledResult<T>) => (result as PromiseFulfilledResult<T>).value;
  return { dynamodb: value(dynamodb), s3: value(s3), sqs: value(sqs), ses: value(ses), stop };
}
