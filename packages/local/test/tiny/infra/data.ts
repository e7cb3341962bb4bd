export const notes = new sst.aws.Dynamo("Notes", {
  fields: { id: "string" },
  primaryIndex: { hashKey: "id" },
  stream: "new-and-old-images",
});

export const dead = new sst.aws.Queue("Dead");

export const jobs = new sst.aws.Queue("Jobs", {
  visibilityTimeout: "2 seconds",
  dlq: { queue: dead.arn, retry: 2 },
});

export const uploads = new sst.aws.Bucket("Uploads");

uploads.notify({
  notifications: [{ name: "Arrived", queue: jobs, events: ["s3:ObjectCreated:*"], filterPrefix: "in/" }],
});

jobs.subscribe(
  { handler: "src/job.handler", link: [notes, uploads], timeout: "2 seconds" },
  { batch: { partialResponses: true } },
);

notes.subscribe(
  "Audit",
  { handler: "src/audit.handler", link: [notes] },
  {
    filters: [{ dynamodb: { Keys: { id: { S: [{ prefix: "note#" }] } } } }],
    transform: {
      eventSourceMapping: (mapping) => {
        mapping.functionResponseTypes = ["ReportBatchItemFailures"];
        mapping.bisectBatchOnFunctionError = true;
        mapping.maximumRetryAttempts = 1;
        mapping.destinationConfig = { onFailure: { destinationArn: dead.arn } };
      },
    },
  },
);
