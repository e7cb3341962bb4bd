import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/** One sign-in of a person, from its first request on: the pool's tokens name it in `origin_jti`. */
export const sessions = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "session", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          sessionId: { type: "string", required: true },
          device: { type: "string", required: true },
          /** As its tokens say; in seconds since 1970. */
          signedInAtSeconds: { type: "number", required: true },
          createdAt: { type: "string", required: true },
          lastUsedAt: { type: "string", required: true },
          /** Set when it was ended before its time. It stays until no token of it can be valid. */
          endedAt: { type: "string" },
          expireAt: { type: "number", required: true },
        },
        indexes: {
          byAccount: { pk: key("pk", ["accountId"]), sk: key("sk", ["sessionId"]) },
        },
      },
      table,
    ),
);

/** A refresh under way, or just done: those who ask with the same token get its result. */
export const refreshes = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "refresh", version: "1" },
        attributes: {
          /** A digest: whoever reads the table learns no token. */
          tokenHash: { type: "string", required: true },
          /** Until then nobody else begins, in milliseconds since 1970. */
          leasedUntil: { type: "number", required: true },
          /** The result, readable only with the refresh token that was sent. */
          sealed: { type: "string" },
          expireAt: { type: "number", required: true },
        },
        indexes: {
          byToken: { pk: key("pk", ["tokenHash"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);
