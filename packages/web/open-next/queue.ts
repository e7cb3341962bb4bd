import { createHash } from "node:crypto";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { staleSince } from "./tag-cache.ts";

/** What OpenNext wants made anew, and how it would name it. */
interface Regeneration {
  readonly MessageBody: { readonly host: string; readonly url: string };
  readonly MessageDeduplicationId: string;
  readonly MessageGroupId: string;
}

/** @param since milliseconds since the epoch */
const nameOf = ({ host, url }: Regeneration["MessageBody"], since: number) =>
  createHash("sha256").update(`${host} ${url} ${since}`).digest("hex");

let client: SQSClient | undefined;

/**
 * Asks for a page to be made anew, once for each change that made it stale, whoever notices. OpenNext's own
 * queue names a message by the page's text: a page that is again what it was five minutes ago would not be
 * made anew after the next change, and Next.js, which keeps an answer for a second, gives two names to one page.
 */
const queue = {
  name: "once-per-change",

  async send({ MessageBody, MessageDeduplicationId, MessageGroupId }: Regeneration): Promise<void> {
    client ??= new SQSClient();
    const since = staleSince();
    await client.send(
      new SendMessageCommand({
        QueueUrl: process.env.REVALIDATION_QUEUE_URL,
        MessageBody: JSON.stringify(MessageBody),
        MessageDeduplicationId: since === undefined ? MessageDeduplicationId : nameOf(MessageBody, since),
        MessageGroupId,
      }),
    );
  },
};

export default queue;
