import { feedPings } from "./feeds.ts";
import { socket, socketSending } from "./realtime.ts";
import { distributionArn, router } from "./router.ts";
import { revalidateSecret } from "./secrets.ts";
import { itemActions, table } from "./storage.ts";

/** What could not be told to the site. `docs/deploy.md` says how to redrive it. */
const refreshFailed = new sst.aws.Queue("RefreshDlq");

/** Tells the site which cached pages are out of date when what readers see has changed. */
table.subscribe(
  "Refresh",
  {
    handler: "packages/functions/src/events/refresh.handler",
    link: [router, revalidateSecret, table, feedPings],
    permissions: [
      // Other pages name the post that changed: its translations and its neighbours. Posts show pictures.
      itemActions(["BatchGetItem", "Query"], "list", "media", "post", "published-post"),
      { actions: ["cloudfront:CreateInvalidation"], resources: [distributionArn] },
      { actions: ["sqs:SendMessage"], resources: [refreshFailed.arn, feedPings.arn] },
    ],
  },
  {
    filters: [
      { dynamodb: { NewImage: { __edb_e__: { S: ["publishedPost", "media", "siteSettings", "account"] } } } },
      { dynamodb: { OldImage: { __edb_e__: { S: ["publishedPost", "media", "siteSettings", "account"] } } } },
      { dynamodb: { NewImage: { __edb_e__: { S: ["list"] }, description: { S: [{ exists: true }] } } } },
      { dynamodb: { NewImage: { __edb_e__: { S: ["list"] }, kind: { S: ["series"] } } } },
    ],
    transform: {
      eventSourceMapping: (args) => {
        args.batchSize = 100;
        args.bisectBatchOnFunctionError = true;
        args.functionResponseTypes = ["ReportBatchItemFailures"];
        args.maximumRetryAttempts = 5;
        args.maximumRecordAgeInSeconds = 60 * 60;
        args.destinationConfig = { onFailure: { destinationArn: refreshFailed.arn } };
      },
    },
  },
);

/** Pokes that reached nobody. They need no redrive: every device also asks by itself. */
const pokeFailed = new sst.aws.Queue("PokeDlq");

/** Pokes the devices of everybody who sees a list that changed, or whose picture did. A poke that is late has no worth. */
table.subscribe(
  "Poke",
  {
    handler: "packages/functions/src/events/poke.handler",
    link: [table, socket],
    permissions: [
      itemActions(["Query"], "realtime", "todo"),
      itemActions(["DeleteItem"], "realtime"),
      { actions: ["sqs:SendMessage"], resources: [pokeFailed.arn] },
      socketSending,
    ],
  },
  {
    filters: [
      { dynamodb: { NewImage: { __edb_e__: { S: ["media", "todoList", "todoListMember"] } } } },
      { dynamodb: { OldImage: { __edb_e__: { S: ["todoListMember"] } } } },
    ],
    transform: {
      eventSourceMapping: (args) => {
        args.batchSize = 100;
        args.bisectBatchOnFunctionError = true;
        args.functionResponseTypes = ["ReportBatchItemFailures"];
        args.maximumRetryAttempts = 2;
        args.maximumRecordAgeInSeconds = 120;
        args.destinationConfig = { onFailure: { destinationArn: pokeFailed.arn } };
      },
    },
  },
);
