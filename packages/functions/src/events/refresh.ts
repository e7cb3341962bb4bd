import type { WorkId } from "@haru/core/id";
import { defaultLocale } from "@haru/core/locale";
import { publishedTranslations } from "@haru/core/post/post";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { coreFor, linkedSite } from "../core.ts";
import { logger } from "../log.ts";

/** A record touches at most four pages and two lists; the site takes 100 tags a call. */
const recordsPerCall = 16;
const siteTimeoutMilliseconds = 5_000;

/**
 * Tells the site which of its cached pages are out of date, from the table's stream of
 * published posts. Records that could not be told are reported, so that the stream sends
 * them again; doing so twice does no harm.
 */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (let at = 0; at < Records.length; at += recordsPerCall) {
    const records = Records.slice(at, at + recordsPerCall);
    try {
      const tags = (await Promise.all(records.map(tagsOf))).flat();
      await tellSite([...new Set(tags)]);
    } catch (error) {
      logger.error("The site could not be told what changed", { error, records: records.length });
      // The stream continues from here: later records wait, so that order is kept.
      return { batchItemFailures: [{ itemIdentifier: records[0]?.dynamodb?.SequenceNumber ?? "" }] };
    }
  }
  return { batchItemFailures: [] };
}

/** What the site tags its pages with: a post by its address, the lists by their language. */
async function tagsOf({ dynamodb }: DynamoDBRecord): Promise<string[]> {
  const images = [dynamodb?.OldImage, dynamodb?.NewImage].filter((image) => image !== undefined);
  const own = images.map(({ lang, slug }) => ({ lang: lang?.S ?? "", slug: slug?.S ?? "" }));
  const [first, second] = images;
  // A page names its translations. A comment alone changes only a count and no revision.
  const isCountOnly = first !== undefined && first.revision?.N === second?.revision?.N;
  const workId = first?.workId?.S as WorkId | undefined;
  const others = isCountOnly || !workId ? [] : await publishedTranslations(coreFor(defaultLocale), workId);
  const pages = [...own, ...others].map(({ lang, slug }) => `post:${lang}:${slug}`);
  return [...pages, ...own.map(({ lang }) => `posts:${lang}`)];
}

async function tellSite(tags: readonly string[]): Promise<void> {
  if (tags.length === 0) return;
  const { url, revalidateSecret } = linkedSite();
  const response = await fetch(new URL("/internal/revalidate", url), {
    method: "POST",
    headers: { "content-type": "application/json", "x-revalidate-secret": revalidateSecret },
    body: JSON.stringify({ tags }),
    signal: AbortSignal.timeout(siteTimeoutMilliseconds),
  });
  if (!response.ok) throw new Error(`The site answered ${response.status}`);
}
