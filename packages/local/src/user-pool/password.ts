import { randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";
import { CognitoError, invalidParameter } from "./error.ts";
import type { PasswordPolicy } from "./pool.ts";
import { createSrpRecord, type SrpRecord } from "./srp.ts";

/** What a pool keeps of a password. */
export interface PasswordRecord {
  /** `scrypt$<cost>$<salt>$<key>`, the last two in Base64. */
  readonly hash: string;
  /** For sign-ins that never send the password. */
  readonly srp: SrpRecord;
}

/** 16 MB and about 40 ms a hash on the machines this was measured on. */
const COST = 16_384;
const KEY_BYTES = 32;

/** Characters that AWS counts as symbols (developer guide, "Adding user pool password requirements"). */
const SYMBOL = /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+= ]/;

/**
 * @throws InvalidPasswordException when the policy does not allow the password
 * @throws InvalidParameterException when no pool would: it begins or ends with a blank, or has none but blanks
 */
export function checkPassword(policy: PasswordPolicy, password: string): void {
  if (password.trim() !== password || !password.isWellFormed()) {
    throw invalidParameter(
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    );
  }
  if (password.length < policy.minimumLength) throw weak("Password not long enough");
  if (policy.requireLowercase && !/[a-z]/.test(password))
    throw weak("Password must have lowercase characters");
  if (policy.requireUppercase && !/[A-Z]/.test(password))
    throw weak("Password must have uppercase characters");
  if (policy.requireNumbers && !/[0-9]/.test(password)) throw weak("Password must have numeric characters");
  if (policy.requireSymbols && !SYMBOL.test(password)) throw weak("Password must have symbol characters");
}

/** @param username the user name that SRP sign-ins will be made with */
export async function hashPassword(
  poolId: string,
  username: string,
  password: string,
): Promise<PasswordRecord> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return {
    hash: `scrypt$${COST}$${salt.toString("base64")}$${key.toString("base64")}`,
    srp: createSrpRecord(poolId, username, password),
  };
}

/** Takes as long for somebody who does not exist or has no password, so that time says nothing. */
export async function matchesPassword(
  record: PasswordRecord | undefined,
  password: string,
): Promise<boolean> {
  const [, cost, salt, key] = (record?.hash ?? NOBODY).split("$");
  const wanted = Buffer.from(key ?? "", "base64");
  const given = await derive(password, Buffer.from(salt ?? "", "base64"), Number(cost));
  return timingSafeEqual(given, wanted) && record !== undefined;
}

/** A password that every policy allows. */
export function createPassword(policy: PasswordPolicy): string {
  const sets = ["abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "!@#%*-_+"];
  const pick = (letters: string) => letters[randomInt(letters.length)] ?? "";
  let password = sets.map(pick).join("");
  while (password.length < Math.max(policy.minimumLength, 12)) password += pick(sets.join(""));
  return password;
}

const NOBODY = `scrypt$${COST}$${Buffer.alloc(16).toString("base64")}$${Buffer.alloc(KEY_BYTES).toString("base64")}`;

function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, { N: cost, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function weak(what: string): CognitoError {
  return new CognitoError("InvalidPasswordException", `Password did not conform with policy: ${what}`);
}
