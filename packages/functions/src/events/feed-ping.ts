import {
  type FeedFormat,
  type FeedPing,
  feedFormats,
  feedPath,
  feedPingSchema,
  listPath,
} from "@haru/core/feed/feed.contract";
import { defaultLocale } from "@haru/core/locale";
import { read as readSite } from "@haru/core/site/site";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { coreFor, siteOrigin } from "../core.ts";
import { eachMessage } from "../each-message.ts";
import { post, publicTransport, type Transport } from "../public-request.ts";

const hubTimeoutMilliseconds = 10_000;

/**
 * Tells the WebSub hub of the site's settings that feeds changed. What is told twice is fetched twice and
 * delivered once, so that a message may come again.
 */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return pingHub(event, publicTransport);
}

/** @param transport how the hub is reached */
export async function pingHub(event: SQSEvent, transport: Transport): Promise<SQSBatchResponse> {
  const { feedHub } = await readSite(coreFor(defaultLocale), {});
  if (feedHub === "") return { batchItemFailures: [] };
  return eachMessage(event, "The hub was not told of changed feeds", (message) =>
    tell(new URL(feedHub), topicsOf(feedPingSchema.parse(message)), transport),
  );
}

/** The addresses of all feeds of some lists. */
function topicsOf({ lists }: FeedPing): string[] {
  const origin = siteOrigin();
  const formats = Object.keys(feedFormats) as FeedFormat[];
  return lists
    .flatMap((list) => listPath(list) ?? [])
    .flatMap((path) => formats.map((format) => origin + feedPath(path, format)));
}

/** One call for all of them: `hub.url` may stand several times (PubSubHubbub 0.4, section 7.1). */
async function tell(hub: URL, topics: readonly string[], transport: Transport): Promise<void> {
  if (topics.length === 0) return;
  const fields = [["hub.mode", "publish"], ...topics.map((topic) => ["hub.url", topic])];
  const body = new URLSearchParams(fields).toString();
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
  };
  const status = await post(hub, { headers, body, timeoutMilliseconds: hubTimeoutMilliseconds }, transport);
  // Also one that leads elsewhere: an address to be corrected, not one to be followed into a private network.
  if (status < 200 || status >= 300) throw new Error(`The hub answered ${status}`);
}
