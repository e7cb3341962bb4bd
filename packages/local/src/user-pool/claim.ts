import { readableAttributes } from "./attribute.ts";
import type { Engine } from "./engine.ts";
import { groupsOf } from "./group.ts";
import type { Claims } from "./key.ts";
import type { Client, Pool } from "./pool.ts";
import { runTrigger } from "./trigger.ts";
import { allAttributes, type User } from "./user.ts";

/** Why tokens are made, in the words of the `PreTokenGeneration` trigger. */
export type TokenSource =
  | "TokenGeneration_Authentication"
  | "TokenGeneration_NewPasswordChallenge"
  | "TokenGeneration_RefreshTokens";

/** Whom the tokens are for. */
export interface TokenSubject {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly source: TokenSource;
  readonly clientMetadata: Readonly<Record<string, string>>;
}

/** The claims that say who somebody is; the times and ids of the tokens are not among them. */
export interface SubjectClaims {
  readonly id: Claims;
  readonly access: Claims;
}

/** The scope of tokens that are made by API calls rather than on hosted pages. */
export const API_SCOPE = "aws.cognito.signin.user.admin";

/** Claims that no function may change (developer guide, "Pre token generation Lambda trigger"). */
const FIXED = new Set([
  "acr",
  "amr",
  "at_hash",
  "aud",
  "auth_time",
  "azp",
  "client_id",
  "cognito:username",
  "event_id",
  "exp",
  "iat",
  "identities",
  "iss",
  "jti",
  "nbf",
  "nonce",
  "origin_jti",
  "scope",
  "sub",
  "token_use",
  "username",
  "version",
]);

/** Puts the claims together and lets the pool's function change them. */
export async function subjectClaims(engine: Engine, subject: TokenSubject): Promise<SubjectClaims> {
  const { pool, client, user } = subject;
  const groups = groupsOf(engine, user);
  const roles = groups.flatMap((group) => group.roleArn ?? []);
  const membership: GroupOverride = {
    groupsToOverride: groups.map((group) => group.name),
    iamRolesToOverride: roles,
    ...(roles[0] === undefined ? {} : { preferredRole: roles[0] }),
  };
  const version2 = pool.triggers.preTokenGenerationVersion === "V2_0";
  const answer = await runTrigger(engine, {
    pool,
    trigger: "preTokenGeneration",
    source: subject.source,
    clientId: client.id,
    username: user.username,
    attributes: { ...allAttributes(user), "cognito:user_status": user.status },
    request: { groupConfiguration: membership, ...(version2 ? { scopes: [API_SCOPE] } : {}) },
    response: { [version2 ? "claimsAndScopeOverrideDetails" : "claimsOverrideDetails"]: null },
    clientMetadata: subject.clientMetadata,
  });
  const changes = readChanges(answer, version2);
  const final = { ...membership, ...changes.groups };
  return {
    id: {
      ...override(idClaims(client, user), changes.id),
      ...membershipClaims(final, true),
    },
    access: {
      ...override({ sub: user.sub, username: user.username }, changes.access),
      ...membershipClaims(final, false),
      scope: scopes(changes.access).join(" "),
    },
  };
}

interface GroupOverride {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole?: string;
}

interface Override {
  readonly claimsToAddOrOverride?: Claims | null;
  readonly claimsToSuppress?: readonly string[] | null;
  readonly scopesToAdd?: readonly string[] | null;
  readonly scopesToSuppress?: readonly string[] | null;
}

interface Changes {
  readonly id: Override;
  readonly access: Override;
  readonly groups: Partial<GroupOverride>;
}

/** Version 1 speaks about the ID token only, version 2 about both. */
function readChanges(answer: Readonly<Record<string, unknown>> | undefined, version2: boolean): Changes {
  if (!version2) {
    const details = (answer?.claimsOverrideDetails ?? {}) as Override & Record<string, unknown>;
    return { id: details, access: {}, groups: groupChanges(details.groupOverrideDetails) };
  }
  const details = (answer?.claimsAndScopeOverrideDetails ?? {}) as Record<string, unknown>;
  return {
    id: (details.idTokenGeneration ?? {}) as Override,
    access: (details.accessTokenGeneration ?? {}) as Override,
    groups: groupChanges(details.groupOverrideDetails),
  };
}

function groupChanges(details: unknown): Partial<GroupOverride> {
  return Object.fromEntries(
    Object.entries((details ?? {}) as object).filter(([, value]) => value !== null && value !== undefined),
  );
}

function override(claims: Claims, changes: Override): Claims {
  const result: Record<string, unknown> = { ...claims };
  for (const [name, value] of Object.entries(changes.claimsToAddOrOverride ?? {})) {
    if (!FIXED.has(name)) result[name] = value;
  }
  for (const name of changes.claimsToSuppress ?? []) if (!FIXED.has(name)) delete result[name];
  return result;
}

function scopes(changes: Override): string[] {
  const suppressed = changes.scopesToSuppress ?? [];
  return [API_SCOPE, ...(changes.scopesToAdd ?? [])].filter((scope) => !suppressed.includes(scope));
}

function membershipClaims(membership: GroupOverride, withRoles: boolean): Claims {
  const { groupsToOverride: groups, iamRolesToOverride: roles, preferredRole } = membership;
  return {
    ...(groups.length > 0 ? { "cognito:groups": groups } : {}),
    ...(withRoles && roles.length > 0 ? { "cognito:roles": roles } : {}),
    ...(withRoles && preferredRole !== undefined ? { "cognito:preferred_role": preferredRole } : {}),
  };
}

function idClaims(client: Client, user: User): Claims {
  const claims: Record<string, unknown> = { "cognito:username": user.username };
  for (const [name, value] of Object.entries(readableAttributes(client, allAttributes(user)))) {
    if (name.endsWith("_verified")) claims[name] = value === "true";
    else if (name === "address") claims[name] = { formatted: value };
    else claims[name] = value;
  }
  return claims;
}
