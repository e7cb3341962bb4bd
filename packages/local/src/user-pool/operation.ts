import { createHmac, timingSafeEqual } from "node:crypto";
import type { Engine } from "./engine.ts";
import { notAuthorized } from "./error.ts";
import { type Input, optionalText, text } from "./input.ts";
import { type Client, getClient, getPool, type Pool } from "./pool.ts";

/** One action of the API: takes the request's body and answers the response's. */
export interface Operation {
  /** `iam` marks actions that AWS lets only signed requests do; the signature itself is not looked at. */
  readonly authorization: "iam" | "none";
  readonly run: (engine: Engine, input: Input) => Promise<Readonly<Record<string, unknown>>>;
}

/** Operations by their name in the API. */
export type Operations = Readonly<Record<string, Operation>>;

export function open(run: Operation["run"]): Operation {
  return { authorization: "none", run };
}

export function administrative(run: Operation["run"]): Operation {
  return { authorization: "iam", run };
}

/** The client that a request names, and its pool. */
export function clientOf(engine: Engine, input: Input): { readonly client: Client; readonly pool: Pool } {
  const client = getClient(engine.store, text(input, "ClientId"));
  return { client, pool: getPool(engine.store, client.poolId) };
}

export function poolOf(engine: Engine, input: Input): Pool {
  return getPool(engine.store, text(input, "UserPoolId"));
}

/**
 * Checks that a caller knows the client's secret, where it has one.
 * @param username the name that went into the hash
 * @throws NotAuthorizedException
 */
export function checkSecretHash(client: Client, username: string, given: string | undefined): void {
  if (client.secret === undefined) return;
  if (given === undefined) {
    throw notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`);
  }
  const wanted = createHmac("sha256", client.secret).update(`${username}${client.id}`).digest();
  const hash = Buffer.from(given, "base64");
  if (hash.length !== wanted.length || !timingSafeEqual(hash, wanted)) {
    throw notAuthorized(`SecretHash does not match for the client: ${client.id}`);
  }
}

/** The same for the operations that carry `Username` and `SecretHash` at their top. */
export function checkCaller(client: Client, input: Input): void {
  checkSecretHash(client, text(input, "Username"), optionalText(input, "SecretHash"));
}

/** AWS's dates are seconds since 1970. */
export function epochSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}
