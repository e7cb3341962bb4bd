import { logRetention } from "./stage.ts";

/**
 * What every component gets unless it says otherwise. SST's own defaults are set
 * for a first try; these are set for leaving it alone. Imported before all else,
 * because a transform holds for the components that are made after it.
 */

/**
 * The audit trail is only added to, whatever else a function may write: a denial wins over every
 * grant. Its rows stand in one partition of the table, whose key ElectroDB makes.
 */
const auditTrailIsKept = {
  effect: "deny" as const,
  actions: ["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:UpdateItem"],
  resources: ["*"],
  conditions: [
    { test: "ForAnyValue:StringEquals", variable: "dynamodb:LeadingKeys", values: ["$haru#trail_site"] },
  ],
};

const traceWriting = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess";

$transform(sst.aws.Function, (args) => {
  args.runtime ??= "nodejs24.x";
  args.architecture ??= "arm64";
  args.memory ??= "512 MB";
  args.timeout ??= "10 seconds";
  args.logging = $output(args.logging).apply((given) =>
    given === false ? given : { retention: logRetention, ...given, format: "json" },
  ) as typeof args.logging;
  if (!args.bundle) {
    // Small for a quick start, and still with readable traces in the logs.
    args.nodejs = { minify: true, sourcemap: true, splitting: true, ...args.nodejs };
    args.environment = { NODE_OPTIONS: "--enable-source-maps", ...args.environment };
  }
  args.permissions = $output(args.permissions).apply((permissions) => [
    ...(permissions ?? []),
    auditTrailIsKept,
  ]);
  args.policies = $output(args.policies).apply((policies) => [...(policies ?? []), traceWriting]);
});

$transform(aws.lambda.Function, (args) => {
  args.tracingConfig = { mode: "Active" };
});

$transform(sst.aws.Bucket, (args = {}) => {
  // Only a bucket that browsers upload to needs any, and then for one origin.
  args.cors ??= false;
});

$transform(aws.s3.BucketPublicAccessBlock, (args) => {
  args.blockPublicAcls = true;
  args.blockPublicPolicy = true;
  args.ignorePublicAcls = true;
  args.restrictPublicBuckets = true;
});

interface Statement {
  Principal: { Service?: string; AWS?: string };
  Condition?: object;
}

type Policy = $util.Input<string | object>;

/** Changes each statement of a policy document. */
function editStatements(policy: Policy, edit: (statement: Statement) => void): $util.Output<string> {
  return $output(policy).apply((written) => {
    const document = typeof written === "string" ? JSON.parse(written) : structuredClone(written);
    document.Statement.forEach(edit);
    return JSON.stringify(document);
  });
}

/** SST lets every distribution of CloudFront read, also those of other accounts: keep it to our own. */
$transform(aws.s3.BucketPolicy, (args) => {
  const policy = args.policy;
  args.policy = aws.getCallerIdentityOutput().accountId.apply((accountId) =>
    editStatements(policy, (statement) => {
      if (statement.Principal.Service === "cloudfront.amazonaws.com") {
        statement.Condition = { StringEquals: { "aws:SourceAccount": accountId } };
      }
    }),
  );
});

/** SST lets the whole account take a function's role. Only its live development needs that. */
$transform(aws.iam.Role, (args) => {
  if ($dev) return;
  args.assumeRolePolicy = editStatements(args.assumeRolePolicy, ({ Principal }) => {
    delete Principal.AWS;
  });
});

$transform(aws.sqs.Queue, (args = {}) => {
  args.sqsManagedSseEnabled = true;
  // The longest that SQS allows: time to notice, mend and redrive.
  args.messageRetentionSeconds ??= 14 * 24 * 60 * 60;
});

/** SST lets these services send for any account, and keeps the policy of a queue that is removed. */
$transform(aws.sqs.QueuePolicy, (args, options) => {
  options.retainOnDelete = false;
  const policy = args.policy;
  args.policy = aws.getCallerIdentityOutput().accountId.apply((accountId) =>
    editStatements(policy, (statement) => {
      statement.Condition = { StringEquals: { "aws:SourceAccount": accountId } };
    }),
  );
});

/**
 * A link tells a function where something is. What the function may do there is stated
 * where the function is declared, since a link of SST's would allow every action.
 */
sst.Linkable.wrap(sst.aws.Dynamo, (table) => ({ properties: { name: table.name } }));
sst.Linkable.wrap(sst.aws.Bucket, (bucket) => ({ properties: { name: bucket.name } }));
sst.Linkable.wrap(sst.aws.Queue, (queue) => ({ properties: { url: queue.url } }));
sst.Linkable.wrap(sst.aws.Router, (router) => ({
  properties: { url: router.url, distributionId: router.distributionID },
}));
sst.Linkable.wrap(sst.aws.CognitoUserPool, (pool) => ({ properties: { id: pool.id } }));
sst.Linkable.wrap(sst.aws.Email, (email) => ({ properties: { sender: email.sender } }));
sst.Linkable.wrap(sst.aws.ApiGatewayWebSocket, (socket) => ({
  properties: { managementEndpoint: socket.managementEndpoint },
}));
