import type { Condition, Operator, Statement } from "./policy.ts";

/** One thing that a principal wants to do. */
export interface Access {
  /** For instance `dynamodb:GetItem`. */
  readonly action: string;
  /** An ARN, or `*` for actions that have no resource. */
  readonly resource: string;
  /** Values by condition key, in lower case. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

export type Judgement =
  | { readonly allowed: true; readonly by: Statement }
  | { readonly allowed: false; readonly denial: "explicit" | "implicit" };

/**
 * Judges as "Policy evaluation logic" of the IAM user guide says for identity policies in one account:
 * a matching denial wins, else a matching allowance is needed, else access is denied.
 */
export function judge(statements: readonly Statement[], access: Access): Judgement {
  const matching = statements.filter((statement) => isAbout(statement, access));
  if (matching.some(({ effect }) => effect === "Deny")) return { allowed: false, denial: "explicit" };
  const by = matching.find(({ effect }) => effect === "Allow");
  return by ? { allowed: true, by } : { allowed: false, denial: "implicit" };
}

function isAbout({ actions, resources, conditions }: Statement, access: Access): boolean {
  return (
    actions.some((action) => matchesAction(action, access.action)) &&
    resources.some((resource) => matches(resource, access.resource)) &&
    conditions.every((condition) => holds(condition, access.context?.[condition.key]))
  );
}

/** Actions are compared without regard to case; resources are not. */
export function matchesAction(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

/** A key that the request does not have fails every test but negated ones and `ForAllValues`. */
function holds({ operator, quantifier, values }: Condition, given: readonly string[] = []): boolean {
  const one = (value: string) => test(operator, value, values);
  if (quantifier === "ForAllValues") return given.every(one);
  if (quantifier === "ForAnyValue") return given.some(one);
  const [value] = given;
  return value === undefined ? operator.includes("Not") : one(value);
}

function test(operator: Operator, value: string, wanted: readonly string[]): boolean {
  switch (operator) {
    case "StringEquals":
      return wanted.includes(value);
    case "StringNotEquals":
      return !wanted.includes(value);
    case "StringLike":
    case "ArnLike":
    case "ArnEquals":
      return wanted.some((pattern) => matches(pattern, value));
    case "StringNotLike":
      return !wanted.some((pattern) => matches(pattern, value));
    case "Bool":
      return wanted.some((text) => text.toLowerCase() === value.toLowerCase());
  }
}

const patterns = new Map<string, RegExp>();

/** `*` stands for any text and `?` for one character. */
function matches(pattern: string, value: string): boolean {
  let known = patterns.get(pattern);
  if (!known) {
    const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
    known = new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
    patterns.set(pattern, known);
  }
  return known.test(value);
}
