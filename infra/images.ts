import { missedCalls } from "./missed-calls.ts";
import { router } from "./router.ts";
import { itemActions, media, table, tableItems } from "./storage.ts";

/**
 * Browsers send files over the site's own origin, so that pages need no other: the form, or the address of a
 * part, that the API signed is what the bucket asks for. Cookies stay at home, see `router.ts`.
 */
router.route("/uploads", $interpolate`https://${media.nodes.bucket.bucketRegionalDomainName}`, {
  rewrite: { regex: "^/uploads$", to: "/" },
});

/** What could not be made. The hourly sweep tells the author; `docs/deploy.md` says how to try again. */
const failed = new sst.aws.Queue("MediaDlq");

/** A large photo on one slow processor, decoded and encoded twenty times, with room to spare. */
const timeoutSeconds = 90;

/**
 * Uploads that arrived, and pictures that need another look. Messages of a worker that died come back
 * after six time-outs; one that can tell of its failure says itself when to try again.
 */
export const work = new sst.aws.Queue("MediaWork", {
  visibilityTimeout: `${6 * timeoutSeconds} seconds`,
  dlq: { queue: failed.arn, retry: 3 },
});

media.notify({
  notifications: [{ name: "Arrived", queue: work, events: ["s3:ObjectCreated:*"], filterPrefix: "uploads/" }],
});

const objects = (actions: string[], folders: string[]) => ({
  actions,
  resources: folders.map((folder) => $interpolate`${media.arn}/${folder}/*`),
});

/** Listing is allowed for the bucket as a whole: S3 knows no finer resource. */
const listing = { actions: ["s3:ListBucket"], resources: [media.arn] };

work.subscribe(
  {
    handler: "packages/functions/src/events/media-work.handler",
    link: [table, media, work],
    permissions: [
      tableItems("media"),
      objects(["s3:GetObject"], ["uploads", "originals"]),
      objects(["s3:PutObject"], ["media", "originals"]),
      objects(["s3:AbortMultipartUpload"], ["uploads"]),
      objects(["s3:DeleteObject"], ["uploads", "media", "originals"]),
      listing,
    ],
    // Room for a large photo once it is decoded, and for the sizes that are made of it, as measured (decision 25).
    memory: "2048 MB",
    timeout: `${timeoutSeconds} seconds`,
    // Native code and WebAssembly, which no bundler can take in.
    nodejs: { install: { sharp: "0.35.5", "libheif-js": "1.23.2" } },
  },
  {
    batch: { size: 1, partialResponses: true },
    transform: {
      eventSourceMapping: (args) => {
        args.scalingConfig = { maximumConcurrency: 5 };
      },
    },
  },
);

new sst.aws.CronV2("MediaSweep", {
  schedule: "rate(1 hour)",
  function: {
    handler: "packages/functions/src/events/media-sweep.handler",
    link: [table, media, work],
    permissions: [
      tableItems("media"),
      objects(["s3:AbortMultipartUpload"], ["uploads"]),
      objects(["s3:DeleteObject"], ["uploads", "media", "originals"]),
      listing,
      { actions: ["sqs:SendMessage"], resources: [work.arn] },
    ],
    timeout: "5 minutes",
  },
  retries: 2,
  dlq: missedCalls.arn,
});

/** Changes of texts that could not be noted. */
const usesFailed = new sst.aws.Queue("MediaUsesDlq");

/** Notes which posts show a picture. */
table.subscribe(
  "MediaUses",
  {
    handler: "packages/functions/src/events/media-uses.handler",
    link: [table],
    permissions: [
      itemActions(["BatchWriteItem"], "media"),
      itemActions(["GetItem"], "revision"),
      { actions: ["sqs:SendMessage"], resources: [usesFailed.arn] },
    ],
  },
  {
    filters: [
      { dynamodb: { NewImage: { __edb_e__: { S: ["post", "postContent"] } } } },
      { dynamodb: { OldImage: { __edb_e__: { S: ["post", "postContent"] } } } },
      { eventName: ["REMOVE"], dynamodb: { OldImage: { __edb_e__: { S: ["revision"] } } } },
    ],
    transform: {
      eventSourceMapping: (args) => {
        args.batchSize = 100;
        args.bisectBatchOnFunctionError = true;
        args.functionResponseTypes = ["ReportBatchItemFailures"];
        args.maximumRetryAttempts = 5;
        args.maximumRecordAgeInSeconds = 60 * 60;
        args.destinationConfig = { onFailure: { destinationArn: usesFailed.arn } };
      },
    },
  },
);
