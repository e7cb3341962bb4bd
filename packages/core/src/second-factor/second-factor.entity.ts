import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/** The recovery codes of an account whose second factor is on: digests of them, since each is as good as the app. */
export const recoveryCodes = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "recoveryCodes", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          digests: { type: "list", items: { type: "string" }, required: true },
          createdAt: { type: "string", required: true },
        },
        indexes: {
          byAccount: { pk: key("pk", ["accountId"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);
