import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { PoolCore, UserPool } from "@haru/core/account/sign-up";
import type { Actor } from "@haru/core/actor";
import { type ActorCore, type Core, createCore } from "@haru/core/core";
import type { Locale } from "@haru/core/locale";
import { connectTable, type Table } from "@haru/core/table";
import { Resource } from "sst";

/** Clients give up and try again well within the 10 s that a function has. */
export const clientOptions = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
};

/**
 * The pool runs our triggers before it answers, for up to 5 s each and again when one fails.
 * A confirmation that was given up too early and sent again would be refused as a used code.
 */
const userPoolOptions = {
  ...clientOptions,
  requestHandler: { ...clientOptions.requestHandler, requestTimeout: 17_000 },
};

let table: Table | undefined;
let userPool: UserPool | undefined;

/** Links are read at the first use: a function is asked only for what it was given. */
function linkedTable(): Table {
  table ??= connectTable(Resource.Table.name, new DynamoDBClient(clientOptions));
  return table;
}

function linkedUserPool(): UserPool {
  userPool ??= {
    clientId: Resource.WebClient.id,
    client: new CognitoIdentityProviderClient(userPoolOptions),
  };
  return userPool;
}

/** The site and what it knows its callers by. */
export function linkedSite() {
  return { url: Resource.Router.url, revalidateSecret: Resource.RevalidateSecret.value };
}

/** The core of one request, or of one event without an actor. */
export function coreFor(locale: Locale): Core;
export function coreFor(locale: Locale, actor: Actor): ActorCore;
export function coreFor(locale: Locale, actor?: Actor): Core {
  const options = {
    get table() {
      return linkedTable();
    },
    locale,
  };
  return actor ? createCore(Object.assign(options, { actor })) : createCore(options);
}

/** Gives a verb the linked user pool beside the core. */
export function withUserPool<Input, Result>(verb: (core: PoolCore, input: Input) => Promise<Result>) {
  return (core: Core, input: Input) => verb({ ...core, userPool: linkedUserPool() }, input);
}
