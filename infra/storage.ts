import { partitionPatterns, type StoredNoun, tableDefinition } from "@haru/core/table-definition";
import { isProduction } from "./stage.ts";

const { primary, globalIndexes, timeToLive } = tableDefinition;
const keys = [primary, ...Object.values(globalIndexes)].flatMap(({ pk, sk }) => [pk, sk]);

/** The one table. Its keys are generic; docs/access-patterns.md says what lies behind them. */
export const table = new sst.aws.Dynamo(
  "Table",
  {
    fields: Object.fromEntries(keys.map((key) => [key, "string"])),
    primaryIndex: { hashKey: primary.pk, rangeKey: primary.sk },
    globalIndexes: Object.fromEntries(
      Object.entries(globalIndexes).map(([name, { pk, sk }]) => [name, { hashKey: pk, rangeKey: sk }]),
    ),
    stream: "new-and-old-images",
    ttl: timeToLive,
    deletionProtection: isProduction,
    transform: { table: { pointInTimeRecovery: { enabled: true } } },
  },
  { protect: isProduction, retainOnDelete: isProduction },
);

/** What verbs do with items. There is no Scan, and nothing that changes the table. */
type ItemAction =
  | "BatchGetItem"
  | "BatchWriteItem"
  | "ConditionCheckItem"
  | "DeleteItem"
  | "GetItem"
  | "PutItem"
  | "Query"
  | "UpdateItem";

/** Some actions on the items whose partition keys match, in the table and in its indexes. */
function itemsMatching(patterns: readonly string[], actions: readonly ItemAction[]) {
  return {
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [table.arn, $interpolate`${table.arn}/index/*`],
    conditions: [
      { test: "ForAllValues:StringLike", variable: "dynamodb:LeadingKeys", values: [...patterns] },
    ],
  };
}

/** Some actions on the items of some nouns, and of no others as far as a policy can tell them apart. */
export function itemActions(actions: readonly ItemAction[], ...nouns: readonly StoredNoun[]) {
  return itemsMatching(partitionPatterns(nouns), actions);
}

/** What verbs that write may do with the items of their nouns. */
export function tableItems(...nouns: readonly StoredNoun[]) {
  return itemActions(
    ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    ...nouns,
  );
}

/** For functions that only look. */
export function tableReads(...nouns: readonly StoredNoun[]) {
  return itemActions(["BatchGetItem", "GetItem", "Query"], ...nouns);
}

/** For functions that only look, and count who asks how often: nothing but a window of these limits is written. */
export function countingLimits(prefix: string) {
  return itemsMatching([`$haru#name_${prefix}*`], ["UpdateItem"]);
}

/**
 * Files that come in parts and never become whole would stay, and cost, unseen by lists of the bucket. SST's
 * rules know an expiry only, so that this one is added to them.
 */
export function endsUnfinishedUploads(args: aws.s3.BucketLifecycleConfigurationArgs): undefined {
  args.rules = $resolve(args.rules ?? []).apply((rules) => [
    ...rules,
    {
      id: "unfinished",
      status: "Enabled",
      filter: {},
      abortIncompleteMultipartUpload: { daysAfterInitiation: 2 },
    },
  ]);
}

/**
 * Pictures. Readers reach what lies below `media/` through the router, and nothing else: originals
 * hold places and names of cameras, and uploads are whatever somebody sent.
 */
export const media = new sst.aws.Bucket(
  "Media",
  {
    policy: [
      {
        actions: ["s3:GetObject"],
        principals: [{ type: "service", identifiers: ["cloudfront.amazonaws.com"] }],
        paths: ["media/*"],
      },
    ],
    enforceHttps: true,
    // What the sweep should have taken away long before.
    lifecycle: [{ id: "uploads", prefix: "uploads/", expiresIn: "2 days" }],
    transform: { bucket: { forceDestroy: !isProduction }, lifecycle: endsUnfinishedUploads },
  },
  { protect: isProduction, retainOnDelete: isProduction },
);
