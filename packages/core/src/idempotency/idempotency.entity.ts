import { Entity } from "electrodb";
import { key, onTable, service } from "../table.ts";

/** Remembers for a day what a create with an `Idempotency-Key` made. */
export const idempotencyKeys = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "idempotencyKey", version: "1" },
        attributes: {
          accountId: { type: "string", required: true },
          idempotencyKey: { type: "string", required: true },
          /** Tells a retry from another request under the same key. */
          inputHash: { type: "string", required: true },
          createdId: { type: "string", required: true },
          expireAt: { type: "number", required: true },
        },
        indexes: {
          byKey: { pk: key("pk", ["accountId"]), sk: key("sk", ["idempotencyKey"]) },
        },
      },
      table,
    ),
);
