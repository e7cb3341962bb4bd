import { tableDefinition } from "@haru/core/table-definition";
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

/** What a verb of the domain may do with the table's items. There is no Scan, and nothing that changes the table. */
const itemActions = [
  "dynamodb:BatchGetItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:UpdateItem",
];
export const tableItems = {
  actions: itemActions,
  resources: [table.arn, $interpolate`${table.arn}/index/*`],
};

/** For functions that only look. */
export const tableReads = {
  actions: ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"],
  resources: tableItems.resources,
};

/** For functions that only look, and count who asks how often: nothing but a window of these limits is written. */
export function countingLimits(prefix: string) {
  return {
    actions: ["dynamodb:UpdateItem"],
    resources: [table.arn],
    conditions: [
      {
        test: "ForAllValues:StringLike",
        variable: "dynamodb:LeadingKeys",
        values: [`$haru#name_${prefix}*`],
      },
    ],
  };
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
    transform: { bucket: { forceDestroy: !isProduction } },
  },
  { protect: isProduction, retainOnDelete: isProduction },
);
