import { invalidParameter } from "./error.ts";
import type { Pool } from "./pool.ts";
import { allAttributes, normalise, type User } from "./user.ts";

/** Attributes that can be searched (developer guide, "Searching for and managing users"). */
const SEARCHABLE = [
  "username",
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
  "cognito:user_status",
  "status",
  "sub",
];

const FILTER = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

/**
 * Reads the filter of `ListUsers`: `email = "kim@example.com"`, `name ^= "K"`.
 * @throws InvalidParameterException when it is none, or names what cannot be searched
 */
export function parseUserFilter(pool: Pool, filter: string): (user: User) => boolean {
  const [, name = "", operator, quoted = ""] = FILTER.exec(filter) ?? [];
  if (!operator) throw invalidParameter("Error while parsing filter.");
  if (!SEARCHABLE.includes(name))
    throw invalidParameter(`One or more of the attributes is not searchable: ${name}.`);
  const text = comparable(pool, name, quoted.replace(/\\(.)/g, "$1"));
  return (user) => {
    const value = searchedValue(user, name);
    if (value === undefined) return false;
    const own = comparable(pool, name, value);
    return operator === "=" ? own === text : own.startsWith(text);
  };
}

function searchedValue(user: User, name: string): string | undefined {
  if (name === "username") return user.username;
  if (name === "cognito:user_status") return user.status;
  if (name === "status") return user.enabled ? "Enabled" : "Disabled";
  return allAttributes(user)[name];
}

function comparable(pool: Pool, name: string, value: string): string {
  if (name === "status" || name === "cognito:user_status") return value.toLowerCase();
  return name === "username" || name === "email" || name === "preferred_username"
    ? normalise(pool, value)
    : value;
}
