import type { RecordedResource, Recording } from "@haru/local/synth/recording";

/** A rule that a whole stage keeps. It answers one sentence for each place where it does not. */
export type Property = (stage: Recording) => string[];

export function ofType({ resources }: Recording, ...types: readonly string[]): RecordedResource[] {
  return resources.filter(({ type }) => types.includes(type));
}

/** Says which resource a sentence is about. */
export function nameOf({ type, name }: RecordedResource): string {
  return `${type.split(":").at(-1)} "${name}"`;
}

/** One statement of a policy, with every list as a list. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `*`, or identifiers by kind (`Service`, `AWS`). */
  readonly principal: "*" | Readonly<Record<string, readonly string[]>> | undefined;
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type OneOrMany = string | readonly string[];

interface WrittenStatement {
  readonly Effect: string;
  readonly Action?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMany>>;
  readonly Condition?: Statement["condition"];
}

export function statementsOf(policy: string): Statement[] {
  const { Statement: statements } = JSON.parse(policy) as { readonly Statement: readonly WrittenStatement[] };
  return statements.map(({ Effect, Action, Resource, Principal, Condition }) => ({
    effect: Effect,
    actions: listOf(Action),
    resources: listOf(Resource),
    principal:
      Principal === undefined || Principal === "*"
        ? Principal
        : Object.fromEntries(Object.entries(Principal).map(([kind, value]) => [kind, listOf(value)])),
    condition: Condition ?? {},
  }));
}

/** What the role of a function allows by its own statements. */
export function allowedTo(stage: Recording, functionName: string): Statement[] {
  return ofType(stage, "aws:iam/role:Role")
    .filter(({ name }) => name === `${functionName}Role`)
    .flatMap(({ inputs }) => (inputs.inlinePolicies ?? []) as { readonly policy: string }[])
    .flatMap(({ policy }) => statementsOf(policy))
    .filter(({ effect }) => effect === "Allow");
}

/** The patterns that a statement's partition keys must have, all of them; `undefined` when it has no such condition. */
export function leadingKeysOf({ condition }: Statement): readonly string[] | undefined {
  const values = condition["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"];
  return values === undefined ? undefined : ([values].flat() as string[]);
}

function listOf(value: OneOrMany | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
