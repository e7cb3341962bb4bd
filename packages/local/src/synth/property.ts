/** Markers that Pulumi puts into values which plain JSON cannot express. They are part of its wire protocol. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/**
 * Turns a value of Pulumi's wire protocol into plain JSON: references to
 * resources become ids, assets and archives `{ path }`, `{ text }` or
 * `{ assets }`, and each secret what `readSecret` makes of its value.
 */
export function readProperty(value: unknown, readSecret: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => readProperty(item, readSecret));
  if (typeof value !== "object" || value === null) return value;
  const { [SIGNATURE]: signature, ...fields } = value as Record<string, unknown>;
  if (signature === SECRET) return readSecret(readProperty(fields.value, readSecret));
  if (signature === OUTPUT) return readProperty(fields.value, readSecret);
  if (signature === RESOURCE) return fields.id || fields.urn;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => !key.startsWith("__pulumi"))
      .map(([key, field]) => [key, readProperty(field, readSecret)]),
  );
}

/** What stands where a secret was. */
const MASK = "[secret]";

/**
 * Masks every text inside a secret value. Pulumi calls everything secret that
 * was computed from a secret, also a function's ARN when the function is
 * linked to one; what is in `known` is therefore left readable.
 */
export function maskSecret(value: unknown, known: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => maskSecret(item, known));
  if (typeof value === "object" && value !== null)
    return mapValues(value, (field) => maskSecret(field, known));
  return typeof value === "string" && !known.has(value) ? MASK : value;
}

/** Changes every string inside a plain value. */
export function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value === "object" && value !== null)
    return mapValues(value, (field) => mapStrings(field, change));
  return value;
}

/** Replaces each of `secrets` wherever it occurs inside the strings of a plain value. */
export function maskOccurrences(value: unknown, secrets: readonly string[]): unknown {
  return mapStrings(value, (text) =>
    secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text),
  );
}

function mapValues(value: object, change: (field: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, change(field)]));
}
