import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/** A ticket, known by its hash: whoever reads the table cannot use it. */
export const tickets = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "ticket", version: "1" },
        attributes: {
          ticketHash: { type: "string", required: true },
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          expireAt: { type: "number", required: true },
        },
        indexes: { byHash: { pk: key("pk", ["ticketHash"]), sk: key("sk", []) } },
      },
      table,
    ),
);

/** An open socket. Its time is up after the longest that a socket lives, whether its end was told or not. */
export const connections = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "connection", version: "1" },
        attributes: {
          connectionId: { type: "string", required: true },
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          connectedAt: { type: "string", required: true },
          expireAt: { type: "number", required: true },
        },
        indexes: {
          byId: { pk: key("pk", ["connectionId"]), sk: key("sk", []) },
          byAccount: {
            index: "gsi1",
            pk: key("gsi1pk", ["accountId"]),
            sk: key("gsi1sk", ["connectedAt", "connectionId"]),
          },
        },
      },
      table,
    ),
);
