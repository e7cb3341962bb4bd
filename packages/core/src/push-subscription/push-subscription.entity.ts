import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/**
 * A browser that is told of reminders. One endpoint is one row: a browser that another person signs in to and
 * subscribes is theirs from then on.
 */
export const pushSubscriptions = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "pushSubscription", version: "1" },
        attributes: {
          endpointHash: { type: "string", required: true },
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          /** Ends with it. Absent for clients whose tokens name none. */
          sessionId: { type: "string" },
          endpoint: { type: "string", required: true },
          p256dh: { type: "string", required: true },
          auth: { type: "string", required: true },
          renewedAt: { type: "string", required: true },
          expireAt: { type: "number", required: true },
        },
        indexes: {
          byEndpoint: { pk: key("pk", ["endpointHash"]), sk: key("sk", []) },
          byAccount: {
            index: "gsi1",
            pk: key("gsi1pk", ["accountId"]),
            sk: key("gsi1sk", ["renewedAt", "endpointHash"]),
          },
        },
      },
      table,
    ),
);
