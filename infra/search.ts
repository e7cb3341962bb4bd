import { alarm } from "./alarms.ts";
import { missedCalls } from "./missed-calls.ts";
import { hasSearch, isProduction } from "./stage.ts";
import { itemActions, table } from "./storage.ts";

const domainName = `${$app.name}-${$app.stage}-search`;

/** The search domain, where the stage has one. Only signed requests of our own roles reach it. */
const domain = hasSearch
  ? new aws.opensearch.Domain(
      "SearchDomain",
      {
        domainName,
        engineVersion: "OpenSearch_3.1",
        clusterConfig: { instanceType: "t3.small.search", instanceCount: 1 },
        ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: 10 },
        encryptAtRest: { enabled: true },
        nodeToNodeEncryption: { enabled: true },
        domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
        advancedOptions: {
          "action.auto_create_index": "false",
          "rest.action.multi.allow_explicit_index": "true",
        },
      },
      { protect: isProduction, retainOnDelete: isProduction },
    )
  : undefined;

/** Where the index is. Without one, what searches falls back to titles. */
export const search = new sst.Linkable("Search", {
  properties: { endpoint: domain ? $interpolate`${domain.endpoint}` : "none" },
});

const everything = domain ? [$interpolate`${domain.arn}/*`] : [];

/** Looks something up in the index. */
export const searchReads = everything.length
  ? [{ actions: ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost"], resources: everything }]
  : [];

/** Writes documents, and makes or drops the indexes that hold them. */
const searchWrites = everything.length
  ? [
      {
        actions: ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"],
        resources: everything,
      },
    ]
  : [];

if (domain) {
  /** What could not be indexed. The audit repairs it too; `npm run redrive -- IndexDlq` does so at once. */
  const failed = new sst.aws.Queue("IndexDlq");

  /** Brings the index up to the table, post by post and comment by comment. */
  table.subscribe(
    "Index",
    {
      handler: "packages/functions/src/events/index-changes.handler",
      link: [table, search, failed],
      permissions: [
        itemActions(["BatchGetItem", "GetItem"], "comment", "post", "published-post"),
        { actions: ["sqs:SendMessage"], resources: [failed.arn] },
        ...searchWrites,
      ],
      memory: "1024 MB",
      timeout: "60 seconds",
    },
    {
      // Every write of a post goes through its row, and so raises its version; so does every change of a comment.
      filters: [
        { dynamodb: { NewImage: { __edb_e__: { S: ["post", "comment"] } } } },
        { dynamodb: { OldImage: { __edb_e__: { S: ["post", "comment"] } } } },
      ],
      transform: {
        eventSourceMapping: (args) => {
          args.batchSize = 100;
          args.bisectBatchOnFunctionError = true;
          args.functionResponseTypes = ["ReportBatchItemFailures"];
          args.maximumRetryAttempts = 10;
          args.maximumRecordAgeInSeconds = 24 * 60 * 60;
          args.destinationConfig = { onFailure: { destinationArn: failed.arn } };
        },
      },
    },
  );

  /** Looks for what the index lost, kept or never got, and repairs it. */
  new sst.aws.CronV2("IndexAudit", {
    schedule: "rate(1 hour)",
    function: {
      handler: "packages/functions/src/events/audit-index.handler",
      link: [table, search],
      permissions: [
        itemActions(["BatchGetItem", "GetItem", "Query"], "comment", "post", "published-post"),
        ...searchWrites,
      ],
      memory: "1024 MB",
      timeout: "5 minutes",
    },
    retries: 2,
    dlq: missedCalls.arn,
  });

  // It is repaired by then; why it happened is in the audit's log.
  alarm("IndexDrift", {
    says: "The search index differed from the table, and was repaired.",
    runbook: "the-index-differed-from-the-table",
    namespace: "Haru",
    metricName: "IndexDifferences",
    dimensions: { Stage: $app.stage },
    statistic: "Sum",
    period: 60 * 60,
    threshold: 1,
  });
}
