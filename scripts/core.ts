import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { AdminPoolCore } from "@haru/core/account/user-pool";
import type { Actor } from "@haru/core/actor";
import { type ActorCore, createCore } from "@haru/core/core";
import { type AccountId, accountIdOf } from "@haru/core/id";
import { connectTable } from "@haru/core/table";
import { Resource } from "sst";

/** The user pool that the command is linked to. */
export const pool = new CognitoIdentityProviderClient({});

/** The core of a command: no person signed in, whoever may run it may act for the actor that is handed in. */
export function coreFor(actor: Actor): ActorCore {
  return createCore({
    table: connectTable(Resource.Table.name, new DynamoDBClient({})),
    locale: "ko",
    actor,
  });
}

/** The core of a command that administers. The trail names the person it is about, and this command as the place. */
export function adminCoreFor(accountId: AccountId): AdminPoolCore {
  const caller = { address: "npm run admin", device: "command" };
  const userPool = { client: pool, clientId: Resource.WebClient.id, poolId: Resource.Users.id };
  return { ...coreFor({ accountId, roles: ["admin"] }), caller, userPool };
}

/** The account id of a person by e-mail, as the pool knows it; nothing when there is no such person. */
export async function findAccountId(email: string): Promise<AccountId | undefined> {
  try {
    const user = await pool.send(new AdminGetUserCommand({ UserPoolId: Resource.Users.id, Username: email }));
    const subject = user.UserAttributes?.find(({ Name }) => Name === "sub")?.Value;
    if (!subject) throw new Error(`The user pool names no subject for ${email}.`);
    return accountIdOf(subject);
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}
