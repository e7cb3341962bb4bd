import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/**
 * The way into somebody's calendar, one an account: a new one takes the place of the old one in the
 * same write. It is kept as it is and not as a hash, so that its owner can copy the address again:
 * whoever can read this row can read the todos, too.
 */
export const calendarKeys = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "calendarKey", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          secret: { type: "string", required: true },
          createdAt: { type: "string", required: true },
        },
        indexes: { byAccount: { pk: key("pk", ["accountId"]), sk: key("sk", []) } },
      },
      table,
    ),
);
