import { createHash, createHmac } from "node:crypto";
import type { FunctionDefinition } from "../cloud.ts";
import { ACCOUNT_ID } from "../cloud.ts";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials.ts";
import type { Resource } from "../resource.ts";
import { managedPolicies } from "./managed.ts";
import { readPolicy, type Statement } from "./policy.ts";

/** Who calls: a function under its role. */
export interface Principal {
  /** Physical name of the function. */
  readonly functionName: string;
  /** As AWS names it in a denial. */
  readonly arn: string;
  readonly statements: readonly Statement[];
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The credentials of a function, which only its own execution environments get. */
export function credentialsOf(functionName: string): Credentials {
  const id = createHash("sha256").update(functionName).digest("hex").slice(0, 16).toUpperCase();
  const accessKeyId = `LC${id}`;
  return { accessKeyId, secretAccessKey: functionSecret(accessKeyId) };
}

const FUNCTION_KEY = /^LC[0-9A-F]{16}$/;

/** The secret of an access key of this cloud, its own or a function's; `undefined` for any other. */
export function secretOf(accessKeyId: string): string | undefined {
  if (accessKeyId === ACCESS_KEY_ID) return SECRET_ACCESS_KEY;
  return FUNCTION_KEY.test(accessKeyId) ? functionSecret(accessKeyId) : undefined;
}

function functionSecret(accessKeyId: string): string {
  return createHmac("sha256", SECRET_ACCESS_KEY).update(accessKeyId).digest("hex");
}

/** Everything that a function's role may do, by the policies that the program declares. */
export function principalOf(
  { name }: Pick<FunctionDefinition, "name">,
  resources: readonly Resource[],
): Principal {
  const declared = resources.find(
    ({ type, inputs }) => type === "aws:lambda/function:Function" && inputs.name === name,
  );
  const role = resources.find(
    ({ type, state }) => type === "aws:iam/role:Role" && state.arn === declared?.inputs.role,
  );
  if (!role) throw new Error(`The function ${name} has no role that is declared here.`);
  const roleName = String(role.state.name);
  return {
    functionName: name,
    arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleName}/${name}`,
    statements: [...inlineStatements(role), ...attachedStatements(role, roleName, resources)],
  };
}

function inlineStatements({ name, inputs }: Resource): Statement[] {
  const policies: readonly { readonly name?: string; readonly policy?: string }[] =
    inputs.inlinePolicies ?? [];
  return policies.flatMap(({ policy }) => (policy ? readPolicy(policy, name) : []));
}

/** Policies that are resources of their own, and those that AWS manages. */
function attachedStatements(role: Resource, roleName: string, resources: readonly Resource[]): Statement[] {
  const own = resources
    .filter(({ type, inputs }) => type === "aws:iam/rolePolicy:RolePolicy" && inputs.role === roleName)
    .flatMap(({ name, inputs }) => readPolicy(String(inputs.policy), name));
  const attached = resources
    .filter(
      ({ type, inputs }) =>
        type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment" && inputs.role === roleName,
    )
    .map(({ inputs }) => String(inputs.policyArn));
  const arns: readonly string[] = [...(role.inputs.managedPolicyArns ?? []), ...attached];
  return [...own, ...arns.flatMap((arn) => byArn(arn, resources))];
}

function byArn(arn: string, resources: readonly Resource[]): Statement[] {
  const managed = managedPolicies[arn];
  if (managed) return [{ effect: "Allow", actions: managed, resources: ["*"], conditions: [], source: arn }];
  const declared = resources.find(({ type, state }) => type === "aws:iam/policy:Policy" && state.arn === arn);
  if (!declared) throw new Error(`The policy ${arn} is not known here.`);
  return readPolicy(String(declared.inputs.policy), declared.name);
}
