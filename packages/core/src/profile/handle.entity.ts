import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/**
 * Keeps a handle for the account that took it. The row stays when the person takes another one: the
 * old address leads on, and nobody else can ever speak under it.
 */
export const handles = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "handle", version: "1" },
        attributes: {
          handle: { type: "string", required: true },
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          createdAt: { type: "string", required: true },
        },
        indexes: {
          byName: { pk: key("pk", ["handle"]), sk: key("sk", []) },
          byAccount: { index: "gsi1", pk: key("gsi1pk", ["accountId"]), sk: key("gsi1sk", ["handle"]) },
        },
      },
      table,
    ),
);
