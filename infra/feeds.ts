import { router } from "./router.ts";
import { itemActions, table } from "./storage.ts";

/** Changes of feeds that the hub was not told of. `docs/runbook.md` says how to redrive them. */
const failed = new sst.aws.Queue("FeedPingsDlq");

const timeoutSeconds = 20;

/** Lists whose feeds changed. The function that refreshes the site puts them in, once all readers get what is new. */
export const feedPings = new sst.aws.Queue("FeedPings", {
  visibilityTimeout: `${6 * timeoutSeconds} seconds`,
  dlq: { queue: failed.arn, retry: 4 },
});

feedPings.subscribe(
  {
    handler: "packages/functions/src/events/feed-ping.handler",
    link: [table, router],
    permissions: [itemActions(["GetItem"], "site")],
    timeout: `${timeoutSeconds} seconds`,
  },
  { batch: { size: 10, partialResponses: true } },
);
