import { isDeepStrictEqual } from "node:util";
import type { Core } from "@haru/core/core";
import { type FeedPing, listsPerPing } from "@haru/core/feed/feed.contract";
import { type AvatarId, accountIdOfAvatar, isAvatarId, type MediaId } from "@haru/core/id";
import type { Listed, ListKey } from "@haru/core/list/list.contract";
import { type ShownPost, staleTags } from "@haru/core/list/stale";
import { defaultLocale } from "@haru/core/locale";
import { tagsThatShow } from "@haru/core/media/stale";
import { listOfMembersTag, listTag, membersTag, profileTag, siteTag } from "@haru/core/page-tag";
import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { Resource } from "sst";
import { coreFor, linkedSite } from "../core.ts";
import { logger } from "../log.ts";
import { sendMessages } from "../send-messages.ts";
import { ofStream } from "../trace.ts";

/** So many are looked into and told together; what fails is sent again from its first record on. */
const recordsPerRound = 16;
/** The site takes so many a call. */
const tagsPerCall = 100;
const siteTimeoutMilliseconds = 5_000;

/**
 * Tells the site which of its cached pages are out of date, from the table's stream of
 * published posts, of pictures, of people, of the site's settings, of what it says about tags and of the
 * order of series.
 * Records that could not be told are reported, so that the stream sends them again; doing so twice
 * does no harm.
 */
export const handler = ofStream(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const core = coreFor(defaultLocale);
  for (let at = 0; at < Records.length; at += recordsPerRound) {
    const records = Records.slice(at, at + recordsPerRound);
    try {
      const tagsOfEach = await Promise.all(records.map(({ dynamodb }) => tagsOf(core, dynamodb)));
      const tags = [...new Set(tagsOfEach.flat())];
      if (tags.length === 0) continue;
      await tellSite(tags);
      // Most records make no page stale, and CloudFront's client is a fifth of this function.
      const { forgetAtEdge } = await import("./edge.ts");
      // Afterwards, so that the edge does not fetch the page that has just become old.
      await forgetAtEdge();
      // Last, so that a hub that fetches at once gets what is new.
      await announce(tags.flatMap((tag) => listOfMembersTag(tag) ?? []));
    } catch (error) {
      logger.error("The site could not be told what changed", { error, records: records.length });
      // The stream continues from here: later records wait, so that order is kept.
      return { batchItemFailures: [{ itemIdentifier: records[0]?.dynamodb?.SequenceNumber ?? "" }] };
    }
  }
  return { batchItemFailures: [] };
});

/** Has the hub told that the feeds of these lists changed. */
async function announce(lists: readonly ListKey[]): Promise<void> {
  const pings: FeedPing[] = [];
  for (let at = 0; at < lists.length; at += listsPerPing)
    pings.push({ lists: lists.slice(at, at + listsPerPing) });
  await sendMessages(Resource.FeedPings.url, pings);
}

async function tagsOf(core: Core, images: DynamoDBRecord["dynamodb"]): Promise<string[]> {
  const { OldImage, NewImage } = images ?? {};
  const { __edb_e__: entity, mediaId } = NewImage ?? OldImage ?? {};
  if (entity?.S === "siteSettings") return [siteTag];
  if (entity?.S === "list") return tagsOfList(OldImage, NewImage);
  if (entity?.S === "account") return tagsOfPerson(OldImage, NewImage);
  if (entity?.S !== "media") return staleTags(core, postIn(OldImage), postIn(NewImage));
  // What is said about a picture stands in no page but through its posts' own texts.
  if (isDeepStrictEqual(OldImage?.picture, NewImage?.picture)) return [];
  const rowId = mediaId?.S as MediaId | AvatarId;
  return isAvatarId(rowId) ? [profileTag(accountIdOfAvatar(rowId))] : tagsThatShow(core, rowId);
}

/** What else an account's row holds stands in no page. */
function tagsOfPerson(before: Image, after: Image): string[] {
  const shown = (image: Image) => [image?.displayName?.S, image?.bio?.S, image?.handle?.S];
  if (isDeepStrictEqual(shown(before), shown(after))) return [];
  const { accountId } = after ?? before ?? {};
  const handles = [before?.handle?.S, after?.handle?.S];
  const moved = handles[0] === handles[1] ? [] : handles;
  return [accountId?.S, ...moved].filter((name) => name !== undefined).map(profileTag);
}

/**
 * What the site says about a tag stands on its page and in its feed, the order of a series on its page and
 * beside each part. How many posts a list has, they tell themselves.
 */
function tagsOfList(before: Image, after: Image): string[] {
  const { lang, kind, name, description, partOrder } = after ?? {};
  const isSaid = (description?.S ?? "") === (before?.description?.S ?? "");
  if (isSaid && isDeepStrictEqual(partOrder, before?.partOrder)) return [];
  // The stream's filter lets nothing else through, and the entity requires each attribute.
  const list = { lang: lang?.S, kind: kind?.S, name: name?.S } as ListKey;
  return [listTag(list), membersTag(list)];
}

type Image = NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"];

function postIn(image: Image): ShownPost | undefined {
  if (!image) return undefined;
  const text = (value: AttributeValue | undefined) => value?.S ?? "";
  // The stream's filter lets nothing else through, and their entity requires each attribute.
  return {
    lang: text(image.lang),
    slug: text(image.slug),
    postId: text(image.postId),
    workId: text(image.workId),
    tags: image.tags?.L?.map(text) ?? [],
    author: {
      accountId: text(image.author?.M?.accountId),
      displayName: text(image.author?.M?.displayName),
    },
    publishedAt: text(image.publishedAt),
    settings: settingsIn(image.settings),
    revision: Number(image.revision?.N),
  } as ShownPost;
}

/** What decides in which lists a post stands, beside its tags. */
function settingsIn(value: AttributeValue | undefined): Listed["settings"] {
  const { pinned, kind, series } = value?.M ?? {};
  return {
    pinned: pinned?.BOOL ?? false,
    kind: kind?.S === "page" ? "page" : "post",
    series: series?.S ?? "",
  };
}

async function tellSite(tags: readonly string[]): Promise<void> {
  const { url, revalidateSecret } = linkedSite();
  for (let at = 0; at < tags.length; at += tagsPerCall) {
    const response = await fetch(new URL("/internal/revalidate", url), {
      method: "POST",
      headers: { "content-type": "application/json", "x-revalidate-secret": revalidateSecret },
      body: JSON.stringify({ tags: tags.slice(at, at + tagsPerCall) }),
      signal: AbortSignal.timeout(siteTimeoutMilliseconds),
    });
    if (!response.ok) throw new Error(`The site answered ${response.status}`);
  }
}
