import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
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
