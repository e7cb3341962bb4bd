import { tableDefinition } from "@haru/core/table-definition";
import type { RecordedResource, Recording } from "@haru/local/synth/recording";
import { allowedTo, nameOf, ofType, type Property, statementsOf } from "./recording.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const TABLE = "aws:dynamodb/table:Table";

/** Resources that speak about a bucket. */
function about({ inputs: { bucket } }: RecordedResource, stage: Recording, type: string): RecordedResource[] {
  return ofType(stage, type).filter(({ inputs }) => inputs.bucket === bucket);
}

export const noBucketIsPublic: Property = (stage) =>
  ofType(stage, BUCKET).flatMap((bucket) => {
    const says = (sentence: string) => `${nameOf(bucket)} ${sentence}`;
    const [block] = about(bucket, stage, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    const isBlocked =
      block?.inputs.blockPublicAcls &&
      block.inputs.blockPublicPolicy &&
      block.inputs.ignorePublicAcls &&
      block.inputs.restrictPublicBuckets;
    const allowing = about(bucket, stage, "aws:s3/bucketPolicy:BucketPolicy")
      .flatMap(({ inputs }) => statementsOf(inputs.policy))
      .filter(({ effect }) => effect === "Allow");
    return [
      ...(isBlocked ? [] : [says("does not block public access.")]),
      ...(allowing.some(({ principal }) => principal === "*" || principal?.AWS?.includes("*"))
        ? [says("allows anybody something.")]
        : []),
      ...(allowing.some(
        ({ principal, condition }) => principal !== "*" && principal?.Service && !isOurs(condition),
      )
        ? [says("lets a service act for other accounts.")]
        : []),
      ...(about(bucket, stage, "aws:s3/bucketAcl:BucketAcl").length > 0 ? [says("has an access list.")] : []),
    ];
  });

function isOurs(condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>): boolean {
  const keys = Object.values(condition).flatMap((values) => Object.keys(values));
  return keys.some((key) => ["aws:sourceaccount", "aws:sourcearn"].includes(key.toLowerCase()));
}

export const bucketsAnswerOnlyOverTls: Property = (stage) =>
  ofType(stage, BUCKET)
    .filter(
      (bucket) =>
        !about(bucket, stage, "aws:s3/bucketPolicy:BucketPolicy")
          .flatMap(({ inputs }) => statementsOf(inputs.policy))
          .some(
            ({ effect, principal, condition }) =>
              effect === "Deny" && principal === "*" && condition.Bool?.["aws:SecureTransport"] === "false",
          ),
    )
    .map((bucket) => `${nameOf(bucket)} answers without TLS.`);

interface LifecycleRule {
  readonly status: string;
  readonly filter?: { readonly prefix?: string };
  readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation: number };
}

/** Parts of a file that never becomes whole are in no list of the bucket, and would stay for ever. */
export const unfinishedUploadsEnd: Property = (stage) => {
  const takesParts = ({ inputs }: RecordedResource) =>
    Object.keys(stage.functions)
      .flatMap((name) => allowedTo(stage, name))
      .some(
        ({ actions, resources }) =>
          actions.includes("s3:AbortMultipartUpload") &&
          resources.some((resource) => resource.startsWith(`arn:aws:s3:::${inputs.bucket}/`)),
      );
  return ofType(stage, BUCKET)
    .filter(takesParts)
    .filter((bucket) => {
      const rules = about(
        bucket,
        stage,
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      ).flatMap(({ inputs }) => inputs.rules as readonly LifecycleRule[]);
      return !rules.some(
        ({ status, filter, abortIncompleteMultipartUpload }) =>
          status === "Enabled" && !filter?.prefix && abortIncompleteMultipartUpload,
      );
    })
    .map((bucket) => `${nameOf(bucket)} keeps the parts of files that never became whole.`);
};

export const noBucketAnswersEveryOrigin: Property = (stage) =>
  ofType(stage, "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration")
    .filter(({ inputs }) =>
      inputs.corsRules.some((rule: { allowedOrigins: string[] }) => rule.allowedOrigins.includes("*")),
    )
    .map((cors) => `${nameOf(cors)} lets pages of every origin in.`);

export const theTableIsAsTheDomainNeedsIt: Property = (stage) => {
  const table = ofType(stage, TABLE).find(({ name }) => name === "TableTable");
  if (!table) return ["There is no table."];
  const { primary, globalIndexes, timeToLive } = tableDefinition;
  const indexes = Object.entries(globalIndexes).map(([name, { pk, sk }]) => `${name} ${pk} ${sk} ALL`);
  const { inputs } = table;
  const declared = (inputs.globalSecondaryIndexes as Record<string, string>[]).map(
    ({ name, hashKey, rangeKey, projectionType }) => `${name} ${hashKey} ${rangeKey} ${projectionType}`,
  );
  return [
    ...(inputs.hashKey === primary.pk && inputs.rangeKey === primary.sk ? [] : ["The table has other keys."]),
    ...(indexes.sort().join() === declared.sort().join() ? [] : ["The table has other indexes."]),
    ...(inputs.streamEnabled && inputs.streamViewType === "NEW_AND_OLD_IMAGES"
      ? []
      : ["The table's stream does not carry both images."]),
    ...(inputs.ttl?.enabled && inputs.ttl.attributeName === timeToLive
      ? []
      : ["The table's items do not expire."]),
  ];
};

export const tablesCanBeRestored: Property = (stage) =>
  ofType(stage, TABLE)
    .filter(({ inputs }) => !inputs.pointInTimeRecovery?.enabled)
    .map((table) => `${nameOf(table)} has no point-in-time recovery.`);

/** What people entrust to the site, as against what can be made again. */
const KEPT = ["TableTable", "MediaBucket", "UsersUserPool"];

/** Production keeps what people gave it, whatever happens to the program; other stages leave nothing behind. */
export const dataIsKeptInProductionOnly: Property = (stage) => {
  const isProduction = stage.app.stage === "production";
  const sentences: string[] = [];
  if (stage.app.removal !== (isProduction ? "retain" : "remove"))
    sentences.push("The removal policy is wrong.");
  if (stage.app.protect !== isProduction) sentences.push("The protection against removal is wrong.");
  for (const kept of stage.resources.filter(({ name }) => KEPT.includes(name))) {
    const { inputs, retainOnDelete } = kept;
    const isProtected =
      inputs.deletionProtectionEnabled ??
      (inputs.deletionProtection === "ACTIVE" || inputs.forceDestroy === false);
    if (retainOnDelete !== isProduction) sentences.push(`${nameOf(kept)} has the wrong end.`);
    if (isProtected !== isProduction) sentences.push(`${nameOf(kept)} has the wrong protection.`);
  }
  const missing = KEPT.filter((name) => !stage.resources.some((resource) => resource.name === name));
  return [...sentences, ...missing.map((name) => `${name} is not there.`)];
};
