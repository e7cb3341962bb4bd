import { type StoredNoun, tableDefinition } from "@haru/core/table-definition";
import { client, pool } from "./auth.ts";
import { missedCalls } from "./missed-calls.ts";
import { itemActions, table, tableItems } from "./storage.ts";
import { takeouts } from "./takeouts.ts";

/**
 * Looks at each minute's beginning for posts whose time has come. Decision 19 says why there is no
 * schedule for each of them.
 */
new sst.aws.CronV2("Due", {
  schedule: "cron(* * * * ? *)",
  function: {
    handler: "packages/functions/src/events/due.handler",
    link: [table],
    permissions: [
      tableItems(
        "account",
        "appointment",
        "idempotency",
        "imported-post",
        "list",
        "media",
        "post",
        "preview-link",
        "published-post",
        "revision",
      ),
      // What hangs on a post that is forgotten goes in batches.
      itemActions(["BatchWriteItem"], "preview-link", "revision"),
    ],
    memory: "1024 MB",
    timeout: "50 seconds",
  },
  // A call that is late by more than its minute has a successor.
  retries: 1,
  dlq: missedCalls.arn,
});

/** Deletes the accounts whose owners left and did not come back. It looks again until nothing is left of them. */
new sst.aws.CronV2("Closure", {
  schedule: "rate(1 hour)",
  function: {
    handler: "packages/functions/src/events/closure.handler",
    link: [table, client, pool, takeouts],
    permissions: [
      // Of somebody who left, every noun has something.
      tableItems(
        ...(Object.keys(tableDefinition.partitions) as StoredNoun[]).filter(
          (noun) => noun !== "limit" && noun !== "site",
        ),
      ),
      // What there is many of goes in batches.
      itemActions(
        ["BatchWriteItem"],
        "comment",
        "handle",
        "preview-link",
        "realtime",
        "reminder",
        "revision",
        "session",
        "todo",
      ),
      { actions: ["s3:DeleteObject"], resources: [$interpolate`${takeouts.arn}/*`] },
      {
        actions: [
          "cognito-idp:AdminDeleteUser",
          "cognito-idp:AdminDisableUser",
          "cognito-idp:AdminUserGlobalSignOut",
        ],
        resources: [pool.arn],
      },
    ],
    memory: "1024 MB",
    timeout: "10 minutes",
  },
  retries: 1,
  dlq: missedCalls.arn,
});
