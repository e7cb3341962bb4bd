import { CustomAttributeType, Entity } from "electrodb";
import { roles } from "../account/account.contract.ts";
import type { AccountId, Id } from "../id.ts";
import { key, onTable, service } from "../table.ts";
import { auditActions } from "./person.contract.ts";

/** Who may administer now: one row for the site, so that "not the last one" is a condition of a write. */
export const adminRosters = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "adminRoster", version: "1" },
        attributes: {
          roster: { type: ["administrators"] as const, required: true },
          accountIds: { type: "set", items: "string" },
        },
        indexes: {
          bySite: { pk: key("pk", ["roster"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);

/** What administrators did. Rows are added and never changed: no function may do more (infra/defaults.ts). */
export const auditEntries = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "auditEntry", version: "1" },
        attributes: {
          trail: { type: ["site"] as const, required: true },
          auditId: { type: CustomAttributeType<Id<"audit">>("string"), required: true },
          at: { type: "string", required: true },
          action: { type: auditActions, required: true },
          role: { type: roles },
          reason: { type: "string" },
          actorId: { type: CustomAttributeType<AccountId>("string"), required: true },
          targetId: { type: CustomAttributeType<AccountId>("string"), required: true },
          from: { type: "string", required: true },
        },
        indexes: {
          byTrail: { pk: key("pk", ["trail"]), sk: key("sk", ["auditId"]) },
        },
      },
      table,
    ),
);
