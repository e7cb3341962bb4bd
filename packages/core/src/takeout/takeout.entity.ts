import { CustomAttributeType, Entity, type EntityItem } from "electrodb";
import type { AccountId, Id } from "../id.ts";
import { key, onTable, service } from "../table.ts";
import { takeoutStates } from "./takeout.contract.ts";

/** The zip that an account asked for last. */
export const takeouts = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "takeout", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          /** Names the request, so that a message of an earlier one does nothing. */
          takeoutId: { type: CustomAttributeType<Id<"takeout">>("string"), required: true },
          state: { type: takeoutStates, required: true },
          done: { type: "number", required: true },
          total: { type: "number", required: true },
          bytes: { type: "number" },
          requestedAt: { type: "string", required: true },
          /** When the job last said that it is alive. */
          heardAt: { type: "string", required: true },
          expiresAt: { type: "string" },
          expireAt: { type: "number", required: true },
        },
        indexes: {
          byAccount: { pk: key("pk", ["accountId"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);

export type TakeoutRow = EntityItem<ReturnType<typeof takeouts>>;
