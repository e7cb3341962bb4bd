import { type CognitoError, invalidParameter, notAuthorized } from "./error.ts";
import type { AttributeSchema, Client, Pool } from "./pool.ts";

/** Attributes by name. All values are text, as in AWS's API. */
export type Attributes = Readonly<Record<string, string>>;

/** OpenID Connect's standard claims, which every pool has (developer guide, "Working with user attributes"). */
const STANDARD = [
  "address",
  "birthdate",
  "email",
  "email_verified",
  "family_name",
  "gender",
  "given_name",
  "locale",
  "middle_name",
  "name",
  "nickname",
  "phone_number",
  "phone_number_verified",
  "picture",
  "preferred_username",
  "profile",
  "updated_at",
  "website",
  "zoneinfo",
];

/** What only an administrator may set. */
const VERIFIED = ["email_verified", "phone_number_verified"];

export const EMAIL = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+$/;
export const PHONE_NUMBER = /^\+[0-9]{1,15}$/;

/** `sub` is no part of what is written: the pool gives it. */
export type Writer = { readonly client: Client } | "administrator";

/**
 * Checks attributes before they are written.
 * @throws NotAuthorizedException for what the client may not write
 * @throws InvalidParameterException for what the schema does not allow
 */
export function checkAttributes(pool: Pool, written: Attributes, writer: Writer): void {
  for (const [name, value] of Object.entries(written)) {
    const schema = pool.schema.find((entry) => entry.name === name);
    if (name === "sub" || !(schema || STANDARD.includes(name))) {
      if (name === "sub") throw unauthorizedWrite();
      throw nonconforming(`Type for attribute {${name}} could not be determined`);
    }
    if (writer !== "administrator") checkWriter(name, writer.client);
    checkValue(name, value, schema);
  }
}

function checkWriter(name: string, client: Client): void {
  if (VERIFIED.includes(name)) throw unauthorizedWrite();
  if (client.writeAttributes && !client.writeAttributes.includes(name)) throw unauthorizedWrite();
}

function checkValue(name: string, value: string, schema: AttributeSchema | undefined): void {
  if (value.length > 2048) throw nonconforming(`${name}: String must be no longer than 2048 characters`);
  if (value.includes("\0") || !value.isWellFormed()) {
    throw invalidParameter(`Invalid characters in the value of ${name}.`);
  }
  if (name === "email" && value !== "" && !EMAIL.test(value)) {
    throw invalidParameter("Invalid email address format.");
  }
  if (name === "phone_number" && value !== "" && !PHONE_NUMBER.test(value)) {
    throw invalidParameter("Invalid phone number format.");
  }
  if (VERIFIED.includes(name) && value !== "true" && value !== "false") {
    throw nonconforming(`${name}: Value must be true or false`);
  }
  if (schema) checkSchema(name, value, schema);
}

function checkSchema(name: string, value: string, schema: AttributeSchema): void {
  const minimum = schema.minimum ?? Number.NEGATIVE_INFINITY;
  const maximum = schema.maximum ?? Number.POSITIVE_INFINITY;
  if (schema.type === "Number") {
    if (!/^-?\d+(\.\d+)?$/.test(value)) throw nonconforming(`${name}: Not a number`);
    if (Number(value) < minimum) throw nonconforming(`${name}: Number must be no smaller than ${minimum}`);
    if (Number(value) > maximum) throw nonconforming(`${name}: Number must be no larger than ${maximum}`);
  }
  if (schema.type === "String") {
    if (value.length < minimum) throw nonconforming(`${name}: String must be longer than ${minimum}`);
    if (value.length > maximum) throw nonconforming(`${name}: String must be no longer than ${maximum}`);
  }
}

/** @throws InvalidParameterException when a new user lacks what the pool requires */
export function checkRequired(pool: Pool, attributes: Attributes): void {
  for (const { name, required } of pool.schema) {
    if (required && !attributes[name]) {
      throw nonconforming(`${name}: The attribute ${name} is required`);
    }
  }
}

/** @throws InvalidParameterException when an existing value may not change */
export function checkMutable(pool: Pool, before: Attributes, written: Attributes): void {
  for (const { name, mutable } of pool.schema) {
    const value = written[name];
    if (!mutable && value !== undefined && before[name] !== undefined && before[name] !== value) {
      throw invalidParameter(`user.${name}: Attribute cannot be updated.`);
    }
  }
}

/** What a client may see, `sub` always. */
export function readableAttributes(client: Client, attributes: Attributes): Attributes {
  const { readAttributes } = client;
  if (!readAttributes) return attributes;
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => name === "sub" || readAttributes.includes(name)),
  );
}

export function attributesAsList(attributes: Attributes): { Name: string; Value: string }[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

function nonconforming(what: string): CognitoError {
  return invalidParameter(`Attributes did not conform to the schema: ${what}`);
}

function unauthorizedWrite(): CognitoError {
  return notAuthorized("A client attempted to write unauthorized attribute");
}
