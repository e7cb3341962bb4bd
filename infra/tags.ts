import { itemActions, table } from "./storage.ts";

/** Moves of tags that some post could not follow. `docs/runbook.md` says how to redrive them. */
const failed = new sst.aws.Queue("TagMovesDlq");

/** Some thousand posts, one after the other. What is left then follows when the message comes back. */
const timeoutSeconds = 600;

/** Tags that were moved, and whose posts have to follow. A message comes back after six time-outs. */
export const tagMoves = new sst.aws.Queue("TagMoves", {
  visibilityTimeout: `${6 * timeoutSeconds} seconds`,
  dlq: { queue: failed.arn, retry: 4 },
});

tagMoves.subscribe(
  {
    handler: "packages/functions/src/events/tag-move.handler",
    link: [table],
    permissions: [
      itemActions(
        ["BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
        "list",
        "post",
        "published-post",
      ),
    ],
    timeout: `${timeoutSeconds} seconds`,
  },
  { batch: { size: 1, partialResponses: true } },
);
