import { distributionArn, router } from "./router.ts";
import { itemActions, media, table } from "./storage.ts";

/** Posts whose cards could not be drawn or taken away. `docs/runbook.md` says how to redrive them. */
const failed = new sst.aws.Queue("CardsDlq");

/** Draws the picture that shared links of a post show, when it is published. */
table.subscribe(
  "Cards",
  {
    handler: "packages/functions/src/events/cards.handler",
    link: [table, media, router],
    permissions: [
      itemActions(["BatchGetItem", "GetItem"], "post", "published-post", "site"),
      itemActions(["UpdateItem"], "published-post"),
      { actions: ["s3:PutObject", "s3:DeleteObject"], resources: [$interpolate`${media.arn}/media/cards/*`] },
      { actions: ["s3:ListBucket"], resources: [media.arn] },
      { actions: ["cloudfront:CreateInvalidation"], resources: [distributionArn] },
      { actions: ["sqs:SendMessage"], resources: [failed.arn] },
    ],
    memory: "1024 MB",
    timeout: "60 seconds",
    // Native code, and a typeface, which is read as a file.
    nodejs: { install: { sharp: "0.35.5", "@fontsource/pretendard": "5.3.0" } },
  },
  {
    filters: [
      { dynamodb: { NewImage: { __edb_e__: { S: ["publishedPost"] } } } },
      { dynamodb: { OldImage: { __edb_e__: { S: ["publishedPost"] } } } },
    ],
    transform: {
      eventSourceMapping: (args) => {
        args.batchSize = 10;
        args.bisectBatchOnFunctionError = true;
        args.functionResponseTypes = ["ReportBatchItemFailures"];
        args.maximumRetryAttempts = 5;
        args.maximumRecordAgeInSeconds = 60 * 60;
        args.destinationConfig = { onFailure: { destinationArn: failed.arn } };
      },
    },
  },
);
