import { keptDays, tries } from "@haru/core/takeout/takeout.contract";
import { isProduction } from "./stage.ts";
import { endsUnfinishedUploads, itemActions, media, table, tableReads } from "./storage.ts";

/** Zips of what people took along. Each is fetched by a signed address, and gone a few days later. */
export const takeouts = new sst.aws.Bucket("Takeouts", {
  enforceHttps: true,
  lifecycle: [{ expiresIn: `${keptDays + 1} days` }],
  transform: { bucket: { forceDestroy: !isProduction }, lifecycle: endsUnfinishedUploads },
});

/** Zips that could not be made. Their owners were told and can ask again. */
const failed = new sst.aws.Queue("TakeoutDlq");

const timeoutSeconds = 600;

/** Zips to make. A message comes back after six time-outs. */
export const takeoutJobs = new sst.aws.Queue("TakeoutJobs", {
  visibilityTimeout: `${6 * timeoutSeconds} seconds`,
  dlq: { queue: failed.arn, retry: tries },
});

takeoutJobs.subscribe(
  {
    handler: "packages/functions/src/events/takeout.handler",
    link: [table, media, takeouts],
    permissions: [
      tableReads("account", "comment", "handle", "media", "post", "session", "takeout", "todo"),
      itemActions(["UpdateItem"], "takeout"),
      { actions: ["s3:GetObject"], resources: [$interpolate`${media.arn}/originals/*`] },
      { actions: ["s3:AbortMultipartUpload", "s3:PutObject"], resources: [$interpolate`${takeouts.arn}/*`] },
    ],
    memory: "1024 MB",
    timeout: `${timeoutSeconds} seconds`,
  },
  { batch: { size: 1, partialResponses: true } },
);
