import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId } from "../id.ts";
import { locales } from "../locale.ts";
import { key, onTable, service } from "../table.ts";

/** A person of the user pool as the site knows them. Roles are not here: the token has them. */
export const accounts = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "account", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          email: { type: "string", required: true },
          displayName: { type: "string", required: true },
          locale: { type: locales, required: true },
          createdAt: { type: "string", required: true },
        },
        indexes: {
          byId: { pk: key("pk", ["accountId"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);
