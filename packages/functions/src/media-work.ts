import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { AvatarId, MediaId } from "@haru/core/id";
import { Resource } from "sst";
import { clientOptions } from "./core.ts";
import { logger } from "./log.ts";

let queue: SQSClient | undefined;

/** Tells the function that makes pictures to look at one. What there is to do stands in its row. */
export async function askWorker(mediaId: MediaId | AvatarId): Promise<void> {
  queue ??= new SQSClient(clientOptions);
  const MessageBody = JSON.stringify({ work: "look", mediaId });
  await queue.send(new SendMessageCommand({ QueueUrl: Resource.MediaWork.url, MessageBody }));
}

/**
 * Tells the worker of a change once it is written. A message that cannot be sent costs only time:
 * the hourly sweep finds the same work in the table.
 */
export function thenAskWorker<C, Input, Result>(
  verb: (core: C, input: Input) => Promise<Result>,
  idOf: (core: C, input: Input) => string,
) {
  return async (core: C, input: Input): Promise<Result> => {
    const result = await verb(core, input);
    // The verb has parsed it.
    const mediaId = idOf(core, input) as MediaId | AvatarId;
    await askWorker(mediaId).catch((error: unknown) =>
      logger.warn("The worker could not be told of a picture", { error, mediaId }),
    );
    return result;
  };
}
