import { logRetention } from "./stage.ts";

/**
 * What every component gets unless it says otherwise. SST's own defaults are set
 * for a first try; these are set for leaving it alone. Imported before all else,
 * because a transform holds for the components that are made after it.
 */

/** Lambda may take the role, and nobody else: SST's default lets the whole account do so. */
const lambdaTrust = aws.iam.getPolicyDocumentOutput({
  statements: [
    { actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }] },
  ],
}).json;

$transform(sst.aws.Function, (args) => {
  args.runtime ??= "nodejs24.x";
  args.architecture ??= "arm64";
  args.memory ??= "512 MB";
  args.timeout ??= "10 seconds";
  args.logging ??= { retention: logRetention, format: "json" };
  args.nodejs = { sourcemap: true, ...args.nodejs };
  const transform = args.transform ?? {};
  args.transform = {
    ...transform,
    role: (role, options, name) => {
      role.assumeRolePolicy = lambdaTrust;
      if (typeof transform.role === "function") transform.role(role, options, name);
      else if (transform.role) Object.assign(role, transform.role);
    },
  };
});

$transform(aws.s3.BucketPublicAccessBlock, (args) => {
  args.blockPublicAcls = true;
  args.blockPublicPolicy = true;
  args.ignorePublicAcls = true;
  args.restrictPublicBuckets = true;
});

$transform(aws.sqs.Queue, (args = {}) => {
  args.sqsManagedSseEnabled = true;
  // The longest that SQS allows: time to notice, mend and redrive.
  args.messageRetentionSeconds ??= 14 * 24 * 60 * 60;
});

/**
 * A link tells a function where something is. What the function may do there is stated
 * where the function is declared, since a link of SST's would allow every action.
 */
sst.Linkable.wrap(sst.aws.Dynamo, (table) => ({ properties: { name: table.name } }));
sst.Linkable.wrap(sst.aws.Bucket, (bucket) => ({ properties: { name: bucket.name } }));
sst.Linkable.wrap(sst.aws.CognitoUserPool, (pool) => ({ properties: { id: pool.id } }));
