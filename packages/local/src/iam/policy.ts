/** One statement of an identity policy, in the forms that are known here. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
  /** Where it was declared, for instance the name of the policy. */
  readonly source: string;
}

export interface Condition {
  readonly operator: Operator;
  /** `undefined` for keys with one value. */
  readonly quantifier: "ForAllValues" | "ForAnyValue" | undefined;
  /** In lower case, as keys are compared. */
  readonly key: string;
  readonly values: readonly string[];
}

export type Operator = (typeof OPERATORS)[number];

const OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringLike",
  "StringNotLike",
  "ArnEquals",
  "ArnLike",
  "Bool",
] as const;

const KNOWN_FIELDS = ["Sid", "Effect", "Action", "Resource", "Condition"];

type OneOrMany = string | readonly string[];
type Written = Readonly<Record<string, unknown>>;

/**
 * Reads a policy document. What is not known here is refused instead of passed over, because a judgement
 * without it would say nothing about AWS.
 * @throws Error naming the form that is not known
 */
export function readPolicy(document: string, source: string): Statement[] {
  const { Statement: statements = [] } = JSON.parse(document) as { readonly Statement?: unknown };
  return [statements].flat().map((statement) => readStatement(statement as Written, source));
}

function readStatement(written: Written, source: string): Statement {
  const refuse = (form: string) => new Error(`The policy ${source} has ${form}, which is not known here.`);
  const field = Object.keys(written).find((name) => !KNOWN_FIELDS.includes(name));
  if (field) throw refuse(`a statement with ${field}`);
  const { Effect, Action, Resource } = written;
  if (Effect !== "Allow" && Effect !== "Deny") throw refuse(`the effect ${String(Effect)}`);
  if (Action === undefined || Resource === undefined) throw refuse("a statement without Action or Resource");
  const resources = listOf(Resource as OneOrMany);
  const conditions = Object.entries((written.Condition ?? {}) as Readonly<Record<string, Written>>).flatMap(
    ([test, keys]) =>
      Object.entries(keys).map(([key, values]) => readCondition(test, key, values as OneOrMany, refuse)),
  );
  const variable = [...resources, ...conditions.flatMap(({ values }) => values)].find((text) =>
    text.includes("${"),
  );
  if (variable) throw refuse(`the policy variable in "${variable}"`);
  return { effect: Effect, actions: listOf(Action as OneOrMany), resources, conditions, source };
}

function readCondition(
  test: string,
  key: string,
  values: OneOrMany,
  refuse: (form: string) => Error,
): Condition {
  const [, quantifier, name = ""] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/.exec(test) ?? [];
  const operator = OPERATORS.find((known) => known === name);
  if (!operator) throw refuse(`the condition operator ${test}`);
  return {
    operator,
    quantifier: quantifier as Condition["quantifier"],
    key: key.toLowerCase(),
    values: listOf(values),
  };
}

function listOf(value: OneOrMany): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
