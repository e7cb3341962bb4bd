import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/** The accounts that are going to be deleted, in the order of their time. One partition: few wait at a time. */
export const closures = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "closure", version: "1" },
        attributes: {
          closesAt: { type: "string", required: true },
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
        },
        indexes: {
          inOrder: { pk: key("pk", []), sk: key("sk", ["closesAt", "accountId"]) },
        },
      },
      table,
    ),
);
