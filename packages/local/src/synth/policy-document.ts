/** The arguments of `aws.iam.getPolicyDocument`, as far as SST's components and apps use them. */
interface DocumentArguments {
  readonly version?: string;
  readonly statements?: readonly StatementArguments[];
}

interface StatementArguments {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: readonly PrincipalArguments[];
  readonly notPrincipals?: readonly PrincipalArguments[];
  readonly conditions?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

interface PrincipalArguments {
  readonly type: string;
  readonly identifiers: readonly string[];
}

/**
 * Writes the JSON policy document that AWS would be given. The provider does
 * this inside Pulumi's plugin, which does not run here.
 */
export function policyDocument(document: DocumentArguments): string {
  return JSON.stringify({
    Version: document.version ?? "2012-10-17",
    Statement: (document.statements ?? []).map((statement) => ({
      ...(statement.sid ? { Sid: statement.sid } : {}),
      Effect: statement.effect ?? "Allow",
      ...field("Action", statement.actions),
      ...field("NotAction", statement.notActions),
      ...field("Resource", statement.resources),
      ...field("NotResource", statement.notResources),
      ...principals("Principal", statement.principals),
      ...principals("NotPrincipal", statement.notPrincipals),
      ...conditions(statement.conditions),
    })),
  });
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? (values[0] as string) : values;
}

function field(name: string, values: readonly string[] | undefined): Record<string, unknown> {
  return values && values.length > 0 ? { [name]: oneOrMany(values) } : {};
}

function principals(
  name: string,
  values: readonly PrincipalArguments[] | undefined,
): Record<string, unknown> {
  if (!values || values.length === 0) return {};
  if (values.some(({ type, identifiers }) => type === "*" && identifiers.includes("*")))
    return { [name]: "*" };
  return {
    [name]: Object.fromEntries(values.map(({ type, identifiers }) => [type, oneOrMany(identifiers)])),
  };
}

function conditions(values: StatementArguments["conditions"]): Record<string, unknown> {
  if (!values || values.length === 0) return {};
  const byTest: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values: expected } of values) {
    byTest[test] = { ...byTest[test], [variable]: oneOrMany(expected) };
  }
  return { Condition: byTest };
}
