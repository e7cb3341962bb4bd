import { mail } from "./mail.ts";
import { router } from "./router.ts";
import { itemActions, table, tableReads } from "./storage.ts";

/** Reminders that could not be sent. `docs/runbook.md` says how to redrive them. */
const failed = new sst.aws.Queue("RemindersDlq");

const timeoutSeconds = 20;

/** One message for each person who is to be reminded of a todo. */
const reminders = new sst.aws.Queue("Reminders", {
  visibilityTimeout: `${6 * timeoutSeconds} seconds`,
  dlq: { queue: failed.arn, retry: 4 },
});

reminders.subscribe(
  {
    handler: "packages/functions/src/events/reminder-mail.handler",
    link: [table, mail, router],
    permissions: [
      tableReads("account", "notice", "todo"),
      itemActions(["UpdateItem"], "notice"),
      itemActions(["DeleteItem", "PutItem"], "reminder"),
      {
        actions: ["ses:SendEmail"],
        resources: [mail.nodes.identity.arn, mail.nodes.configurationSet.arn],
      },
    ],
    timeout: `${timeoutSeconds} seconds`,
  },
  { batch: { size: 5, partialResponses: true } },
);

/** Calls that could not be made. The next one does what they would have done. */
const sweepFailed = new sst.aws.Queue("RemindDlq");

/** Looks at each minute's beginning whom to remind of what. */
new sst.aws.CronV2("Remind", {
  schedule: "cron(* * * * ? *)",
  function: {
    handler: "packages/functions/src/events/reminder-gather.handler",
    link: [table, reminders],
    permissions: [
      itemActions(["Query"], "todo"),
      itemActions(["GetItem", "PutItem"], "reminder"),
      { actions: ["sqs:SendMessage"], resources: [reminders.arn] },
    ],
    timeout: "50 seconds",
  },
  retries: 1,
  dlq: sweepFailed.arn,
});
