import { Entity } from "electrodb";
import { key, onTable, service } from "../table.ts";

/** How many requests of one subject a limit has let through in one window. */
export const limitWindows = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "limitWindow", version: "1" },
        attributes: {
          name: { type: "string", required: true },
          subject: { type: "string", required: true },
          window: { type: "string", required: true },
          count: { type: "number" },
          expireAt: { type: "number" },
        },
        indexes: {
          byWindow: { pk: key("pk", ["name", "subject"]), sk: key("sk", ["window"]) },
        },
      },
      table,
    ),
);
