import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId } from "../id.ts";
import { locales } from "../locale.ts";
import { key, onTable, service } from "../table.ts";
import { type Role, themes } from "./account.contract.ts";
import { initialOf } from "./email-initial.ts";

/** A person of the user pool as the site knows them. */
export const accounts = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "account", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          email: { type: "string", required: true },
          /** The first character of the e-mail: people are found by how their e-mail begins. */
          emailInitial: {
            type: "string",
            watch: ["email"],
            set: (_, { email }) => (email ? initialOf(email) : undefined),
          },
          displayName: { type: "string", required: true },
          locale: { type: locales, required: true },
          theme: { type: themes },
          bio: { type: "string" },
          /** Reserved for this account by the row of the same name. */
          handle: { type: "string" },
          /** What the API lets the person do, at most: a token of the pool can only say less. */
          roles: { type: CustomAttributeType<readonly Role[]>("any"), required: true },
          suspendedAt: { type: "string" },
          /** When the account and all that is the person's goes, because the person asked for it. */
          closesAt: { type: "string" },
          /** Access tokens from before are void, and new ones say what has changed; in seconds since 1970, as tokens count. */
          tokensValidFromSeconds: { type: "number" },
          /** Sign-ins from before are over, with every token that comes from them; in seconds since 1970. */
          sessionsValidFromSeconds: { type: "number" },
          /** The one sign-in from before that goes on: the password was changed in it. */
          keptSessionId: { type: "string" },
          createdAt: { type: "string", required: true },
        },
        indexes: {
          byId: { pk: key("pk", ["accountId"]), sk: key("sk", []) },
          byEmail: {
            index: "gsi1",
            pk: key("gsi1pk", ["emailInitial"]),
            sk: key("gsi1sk", ["email", "accountId"]),
          },
        },
      },
      table,
    ),
);
