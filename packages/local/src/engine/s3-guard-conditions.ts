import { accessDenied, S3Refusal } from "./s3-guard-error.ts";

/** A decoded POST policy ("Creating a POST policy" of the S3 API reference). */
export interface PostPolicy {
  readonly expiration: Date;
  readonly conditions: readonly Condition[];
}

type Condition =
  | {
      readonly kind: "eq" | "starts-with";
      readonly field: string;
      readonly value: string;
      readonly text: string;
    }
  | { readonly kind: "content-length-range"; readonly minimum: number; readonly maximum: number };

export interface LengthRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** Fields that no condition has to name. */
const FREE_FIELDS = new Set(["x-amz-signature", "policy", "file", "awsaccesskeyid", "signature"]);

/** @throws S3Refusal for a policy that cannot be read */
export function parsePolicy(base64: string): PostPolicy {
  let policy: unknown;
  try {
    policy = JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid("Invalid JSON.");
    throw error;
  }
  const { expiration, conditions } = (policy ?? {}) as { expiration?: unknown; conditions?: unknown };
  const at = new Date(typeof expiration === "string" ? expiration : Number.NaN);
  if (Number.isNaN(at.getTime())) throw invalid("Policy missing expiration.");
  if (!Array.isArray(conditions)) throw invalid("Policy missing conditions.");
  return { expiration: at, conditions: conditions.flatMap(parseCondition) };
}

/**
 * Checks the fields of a form against its policy, in both directions: each
 * condition must hold, and each field must be named by a condition.
 * @param fields names in lower case, with `bucket` and the final `key`
 * @throws S3Refusal `AccessDenied` with the condition that failed
 */
export function checkPolicy(policy: PostPolicy, fields: ReadonlyMap<string, string>, now: Date): void {
  if (policy.expiration.getTime() <= now.getTime()) {
    throw accessDenied("Invalid according to Policy: Policy expired.");
  }
  const named = new Set<string>();
  for (const condition of policy.conditions) {
    if (condition.kind === "content-length-range") continue;
    named.add(condition.field);
    if (!holds(condition, fields.get(condition.field) ?? "")) {
      throw accessDenied(`Invalid according to Policy: Policy Condition failed: ${condition.text}`);
    }
  }
  const extra = [...fields.keys()].filter(
    (name) =>
      !named.has(name) && name !== "bucket" && !FREE_FIELDS.has(name) && !name.startsWith("x-ignore-"),
  );
  if (extra.length > 0) {
    throw accessDenied(`Invalid according to Policy: Extra input fields: ${extra.join(", ")}`);
  }
}

/** The narrowest range that the policy names. */
export function lengthRange(policy: PostPolicy): LengthRange {
  const ranges = policy.conditions.filter((condition) => condition.kind === "content-length-range");
  return {
    minimum: Math.max(0, ...ranges.map(({ minimum }) => minimum)),
    maximum: Math.min(Number.POSITIVE_INFINITY, ...ranges.map(({ maximum }) => maximum)),
  };
}

export function entityTooLarge(size: number, { maximum }: LengthRange): S3Refusal {
  return new S3Refusal(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
    ProposedSize: size,
    MaxSizeAllowed: maximum,
  });
}

export function entityTooSmall(size: number, { minimum }: LengthRange): S3Refusal {
  return new S3Refusal(
    400,
    "EntityTooSmall",
    "Your proposed upload is smaller than the minimum allowed size",
    { ProposedSize: size, MinSizeAllowed: minimum },
  );
}

function holds(condition: Extract<Condition, { value: string }>, value: string): boolean {
  if (condition.kind === "eq") return value === condition.value;
  // A list of content types must begin right in each of its items.
  const values = condition.field === "content-type" ? value.split(",").map((one) => one.trim()) : [value];
  return values.every((one) => one.startsWith(condition.value));
}

function parseCondition(condition: unknown): Condition[] {
  const text = JSON.stringify(condition);
  if (Array.isArray(condition)) {
    const [kind, first, second] = condition as unknown[];
    const operator = String(kind).toLowerCase();
    if (operator === "content-length-range") {
      const [minimum, maximum] = [Number(first), Number(second)];
      if (!(minimum >= 0 && maximum >= minimum)) throw invalid(`Invalid condition: ${text}`);
      return [{ kind: operator, minimum, maximum }];
    }
    const isField = typeof first === "string" && first.startsWith("$");
    if ((operator !== "eq" && operator !== "starts-with") || !isField || typeof second !== "string") {
      throw invalid(`Invalid condition: ${text}`);
    }
    return [{ kind: operator, field: first.slice(1).toLowerCase(), value: second, text }];
  }
  if (typeof condition !== "object" || condition === null) throw invalid(`Invalid condition: ${text}`);
  return Object.entries(condition).map(([field, value]) => ({
    kind: "eq",
    field: field.toLowerCase(),
    value: String(value),
    text: JSON.stringify(["eq", `$${field}`, String(value)]),
  }));
}

function invalid(message: string): S3Refusal {
  return new S3Refusal(400, "InvalidPolicyDocument", `Invalid Policy: ${message}`);
}
