import { createHash } from "node:crypto";
import { REGION } from "../cloud.ts";
import { resourceNotFound } from "./error.ts";
import type { Store } from "./store.ts";

/** What a pool declares, in the words of AWS's CreateUserPool. Plain JSON. */
export interface PoolSettings {
  readonly name: string;
  /** Attributes that stand in for a user name. The user name itself is then the `sub`. */
  readonly usernameAttributes: readonly string[];
  /** Attributes that work as a second name once they are verified. */
  readonly aliasAttributes: readonly string[];
  readonly autoVerifiedAttributes: readonly string[];
  readonly attributesRequireVerificationBeforeUpdate: readonly string[];
  readonly caseSensitive: boolean;
  readonly allowAdminCreateUserOnly: boolean;
  /** False when only administrators can help who forgot a password. */
  readonly recoversByEmail: boolean;
  readonly schema: readonly AttributeSchema[];
  readonly passwordPolicy: PasswordPolicy;
  readonly mfa: "OFF" | "ON" | "OPTIONAL";
  readonly softwareTokenMfa: boolean;
  readonly mail: MailSettings;
  readonly triggers: Triggers;
}

/** An attribute that the pool adds to the standard ones, or a standard one that it constrains. */
export interface AttributeSchema {
  /** With the `custom:` prefix where it is one. */
  readonly name: string;
  readonly type: "String" | "Number" | "DateTime" | "Boolean";
  readonly mutable: boolean;
  readonly required: boolean;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireLowercase: boolean;
  readonly requireUppercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
  readonly temporaryPasswordValidityDays: number;
}

export interface MailSettings {
  readonly from: string;
  /** Absent means AWS's own words, which differ by purpose. */
  readonly verification: MessageTemplate | undefined;
  readonly invitation: MessageTemplate | undefined;
}

/** `{####}` stands for the code, `{username}` for the name. */
export interface MessageTemplate {
  readonly subject: string;
  readonly message: string;
}

/** ARNs of the functions that take part in an operation. */
export interface Triggers {
  readonly preSignUp?: string;
  readonly postConfirmation?: string;
  readonly preAuthentication?: string;
  readonly postAuthentication?: string;
  readonly customMessage?: string;
  readonly preTokenGeneration?: string;
  readonly preTokenGenerationVersion?: "V1_0" | "V2_0";
}

export interface Pool extends PoolSettings {
  readonly id: string;
}

/** What a client declares, in the words of AWS's CreateUserPoolClient. Plain JSON. */
export interface ClientSettings {
  readonly name: string;
  readonly generateSecret: boolean;
  /** For instance `ALLOW_USER_PASSWORD_AUTH`. */
  readonly explicitAuthFlows: readonly string[];
  /** How long a challenge waits for its answer. */
  readonly authSessionSeconds: number;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** Absent means that a refresh token stays the same for its whole life. */
  readonly refreshTokenRotation: { readonly graceSeconds: number } | undefined;
  readonly enableTokenRevocation: boolean;
  readonly preventUserExistenceErrors: boolean;
  /** Absent means every attribute. */
  readonly readAttributes: readonly string[] | undefined;
  readonly writeAttributes: readonly string[] | undefined;
}

export interface Client extends ClientSettings {
  readonly id: string;
  readonly poolId: string;
  readonly secret: string | undefined;
}

/** Answers a pool id in AWS's shape that is the same at every run of one program. */
export function poolIdOf(urn: string): string {
  return `${REGION}_${letters(urn, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 9)}`;
}

/** Answers a client id in AWS's shape that is the same at every run of one program. */
export function clientIdOf(urn: string): string {
  return letters(urn, "abcdefghijklmnopqrstuvwxyz0123456789", 26);
}

function letters(text: string, alphabet: string, length: number): string {
  let rest = BigInt(`0x${createHash("sha256").update(text).digest("hex")}`);
  const base = BigInt(alphabet.length);
  let answer = "";
  while (answer.length < length) {
    answer += alphabet[Number(rest % base)];
    rest /= base;
  }
  return answer;
}

export function savePool(store: Store, pool: Pool): void {
  store.run(
    "INSERT INTO pools (id, document) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document",
    pool.id,
    JSON.stringify(pool),
  );
}

export function saveClient(store: Store, client: Client): void {
  store.run(
    "INSERT INTO clients (id, pool_id, document) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document",
    client.id,
    client.poolId,
    JSON.stringify(client),
  );
}

/** @throws ResourceNotFoundException */
export function getPool(store: Store, id: string): Pool {
  const pool = findPool(store, id);
  if (!pool) throw resourceNotFound(`User pool ${id} does not exist.`);
  return pool;
}

export function findPool(store: Store, id: string): Pool | undefined {
  const row = store.get("SELECT document FROM pools WHERE id = ?", id);
  return row && (JSON.parse(row.document as string) as Pool);
}

/** @throws ResourceNotFoundException */
export function getClient(store: Store, id: string): Client {
  const client = findClient(store, id);
  if (!client) throw resourceNotFound(`User pool client ${id} does not exist.`);
  return client;
}

export function findClient(store: Store, id: string): Client | undefined {
  const row = store.get("SELECT document FROM clients WHERE id = ?", id);
  return row && (JSON.parse(row.document as string) as Client);
}
