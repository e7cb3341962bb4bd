import { mail } from "./mail.ts";
import { router } from "./router.ts";
import { itemActions, table, tableReads } from "./storage.ts";

/** Mails about comments that could not be sent. `docs/runbook.md` says how to redrive them. */
const failed = new sst.aws.Queue("NoticesDlq");

const timeoutSeconds = 20;

/** One message for each person whom a new comment concerns. */
const notices = new sst.aws.Queue("Notices", {
  visibilityTimeout: `${6 * timeoutSeconds} seconds`,
  dlq: { queue: failed.arn, retry: 4 },
});

notices.subscribe(
  {
    handler: "packages/functions/src/events/notice-mail.handler",
    link: [table, mail, router],
    permissions: [
      tableReads("account", "comment", "media", "notice", "post", "published-post"),
      itemActions(["DeleteItem", "PutItem", "UpdateItem"], "notice"),
      {
        actions: ["ses:SendEmail"],
        resources: [mail.nodes.identity.arn, mail.nodes.configurationSet.arn],
      },
    ],
    timeout: `${timeoutSeconds} seconds`,
  },
  { batch: { size: 5, partialResponses: true } },
);

/** Comments whose mails could not even be queued. */
const gatherFailed = new sst.aws.Queue("NoticeGatherDlq");

/** A comment is news when readers see it for the first time: written, or let through. */
table.subscribe(
  "NoticeGather",
  {
    handler: "packages/functions/src/events/notice-gather.handler",
    link: [table, notices],
    permissions: [
      itemActions(["GetItem"], "comment"),
      { actions: ["sqs:SendMessage"], resources: [notices.arn, gatherFailed.arn] },
    ],
  },
  {
    filters: [
      {
        eventName: ["INSERT"],
        dynamodb: { NewImage: { __edb_e__: { S: ["comment"] }, place: { S: ["shown"] } } },
      },
    ],
    transform: {
      eventSourceMapping: (args) => {
        args.batchSize = 25;
        args.bisectBatchOnFunctionError = true;
        args.functionResponseTypes = ["ReportBatchItemFailures"];
        args.maximumRetryAttempts = 5;
        args.maximumRecordAgeInSeconds = 60 * 60;
        args.destinationConfig = { onFailure: { destinationArn: gatherFailed.arn } };
      },
    },
  },
);
