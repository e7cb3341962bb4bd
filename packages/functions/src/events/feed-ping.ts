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

const hubTimeoutMilliseconds = 10_000;

/**
 * Tells the WebSub hub of the site's settings that feeds changed. What is told twice is fetched twice and
 * delivered once, so that a message may come again.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const { feedHub } = await readSite(coreFor(defaultLocale), {});
  if (feedHub === "") return { batchItemFailures: [] };
  return eachMessage(event, "The hub was not told of changed feeds", (message) =>
    tell(feedHub, topicsOf(feedPingSchema.parse(message))),
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
async function tell(hub: string, topics: readonly string[]): Promise<void> {
  if (topics.length === 0) return;
  const fields = [["hub.mode", "publish"], ...topics.map((topic) => ["hub.url", topic])];
  const response = await fetch(hub, {
    method: "POST",
    body: new URLSearchParams(fields),
    // A hub that leads elsewhere is an address to be corrected, not one to be followed into a private network.
    redirect: "error",
    signal: AbortSignal.timeout(hubTimeoutMilliseconds),
  });
  if (!response.ok) throw new Error(`The hub answered ${response.status}`);
}
