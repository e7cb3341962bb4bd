import { mail } from "./mail.ts";
import { missedCalls } from "./missed-calls.ts";
import { router } from "./router.ts";
import { pushSecret } from "./secrets.ts";
import { itemActions, table, tableReads } from "./storage.ts";

/** Reminders that could not be sent. `docs/runbook.md` says how to redrive them. */
const failed = new sst.aws.Queue("RemindersDlq");

/** A push service that does not answer is given 5 s, a mail 3.5 s, and a batch has five people. */
const timeoutSeconds = 40;

/** One message for each person who is to be reminded of a todo. */
const reminders = new sst.aws.Queue("Reminders", {
  visibilityTimeout: `${6 * timeoutSeconds} seconds`,
  dlq: { queue: failed.arn, retry: 4 },
});

reminders.subscribe(
  {
    handler: "packages/functions/src/events/reminder-send.handler",
    link: [table, mail, router, pushSecret],
    permissions: [
      tableReads("account", "notice", "push-subscription", "todo"),
      itemActions(["UpdateItem"], "notice"),
      itemActions(["PutItem"], "reminder"),
      itemActions(["DeleteItem"], "push-subscription", "reminder"),
      {
        actions: ["ses:SendEmail"],
        resources: [mail.nodes.identity.arn, mail.nodes.configurationSet.arn],
      },
    ],
    timeout: `${timeoutSeconds} seconds`,
  },
  { batch: { size: 5, partialResponses: true } },
);

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
  dlq: missedCalls.arn,
});
