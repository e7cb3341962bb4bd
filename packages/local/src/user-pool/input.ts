import { CognitoError, invalidParameter } from "./error.ts";

/** A request body as it came: an object whose fields nobody has looked at yet. */
export type Input = Readonly<Record<string, unknown>>;

interface Limits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: RegExp;
}

/** Limits of AWS's API reference, by the name of the field. */
const LIMITS: Readonly<Record<string, Limits>> = {
  ClientId: { minimum: 1, maximum: 128, pattern: /^[\w+]+$/ },
  UserPoolId: { minimum: 1, maximum: 55, pattern: /^[\w-]+_[0-9a-zA-Z]+$/ },
  Username: { minimum: 1, maximum: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u },
  USERNAME: { minimum: 1, maximum: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u },
  GroupName: { minimum: 1, maximum: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u },
  Password: { maximum: 256 },
  ProposedPassword: { maximum: 256 },
  PreviousPassword: { maximum: 256 },
  ConfirmationCode: { minimum: 1, maximum: 2048, pattern: /^\S+$/ },
  Code: { minimum: 1, maximum: 2048, pattern: /^\S+$/ },
  UserCode: { minimum: 6, maximum: 6, pattern: /^[0-9]+$/ },
  AccessToken: { pattern: /^[A-Za-z0-9\-_=.]+$/ },
  RefreshToken: { pattern: /^[A-Za-z0-9\-_=.]+$/ },
  Token: { pattern: /^[A-Za-z0-9\-_=.]+$/ },
  Session: { minimum: 20, maximum: 2048 },
  AttributeName: { minimum: 1, maximum: 32 },
  Filter: { maximum: 256 },
  PaginationToken: { minimum: 1 },
  NextToken: { minimum: 1 },
  Description: { maximum: 2048 },
  RoleArn: { minimum: 20, maximum: 2048 },
};

/**
 * Answers a text field.
 * @throws InvalidParameterException when it is absent or outside AWS's limits
 * @throws SerializationException when it is no text
 */
export function text(input: Input, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined) throw constraint(name, "Member must not be null");
  return value;
}

/** The same for a field that may be absent. */
export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw wrongType("String");
  const { minimum = 0, maximum = 131_072, pattern } = LIMITS[name] ?? {};
  if (value.length < minimum) {
    throw constraint(name, `Member must have length greater than or equal to ${minimum}`);
  }
  if (value.length > maximum) {
    throw constraint(name, `Member must have length less than or equal to ${maximum}`);
  }
  if (pattern && !pattern.test(value)) {
    throw constraint(name, `Member must satisfy regular expression pattern: ${pattern.source}`);
  }
  return value;
}

export function optionalBoolean(input: Input, name: string): boolean | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "boolean") throw wrongType("Boolean");
  return value;
}

export function optionalInteger(
  input: Input,
  name: string,
  minimum: number,
  maximum: number,
): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType("Integer");
  if (value < minimum) throw constraint(name, `Member must have value greater than or equal to ${minimum}`);
  if (value > maximum) throw constraint(name, `Member must have value less than or equal to ${maximum}`);
  return value;
}

/** A list of texts, empty when absent. */
export function textList(input: Input, name: string): string[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) throw wrongType("List");
  return value;
}

/** An object whose values are all text (`AuthParameters`, `ClientMetadata`), empty when absent. */
export function textMap(input: Input, name: string): Record<string, string> {
  const value = input[name] ?? {};
  if (typeof value !== "object" || Array.isArray(value)) throw wrongType("Map");
  for (const item of Object.values(value as object)) if (typeof item !== "string") throw wrongType("String");
  return value as Record<string, string>;
}

export function optionalObject(input: Input, name: string): Input | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw wrongType("Structure");
  return value as Input;
}

/** `[{ Name, Value }]` as an object, empty when absent. */
export function attributeList(input: Input, name: string): Record<string, string> {
  const value = input[name] ?? [];
  if (!Array.isArray(value)) throw wrongType("List");
  const attributes: Record<string, string> = {};
  for (const item of value) {
    if (typeof item !== "object" || item === null) throw wrongType("Structure");
    const attribute = text(item as Input, "Name");
    if (attribute.length > 32) {
      throw constraint(`${name}.name`, "Member must have length less than or equal to 32");
    }
    attributes[attribute] = optionalText(item as Input, "Value") ?? "";
  }
  return attributes;
}

function constraint(name: string, what: string): CognitoError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return invalidParameter(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${what}`,
  );
}

function wrongType(type: string): CognitoError {
  return new CognitoError("SerializationException", `Value can not be converted to a ${type}`);
}
