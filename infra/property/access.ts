import type { RecordedResource, Recording } from "@haru/local/synth/recording";
import { nameOf, ofType, type Property, type Statement, statementsOf } from "./recording.ts";

/** Policies of AWS's own that reach every resource, and why each is right. */
const allowedManagedPolicies: Readonly<Record<string, string>> = {
  "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole":
    "Writes log lines and nothing else; SST makes the log group only after the role.",
  "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess":
    "Traces belong to no resource: X-Ray knows only `*` for writing them.",
  "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited":
    "CodeDeploy moves aliases and looks at alarms by it; it has no access to code, and AWS keeps it up to date.",
};

/** Statements that name every resource. Each would need its reason here; there is none. */
const allowedEverywhere: Readonly<Record<string, string>> = {};

interface Grant {
  readonly holder: RecordedResource;
  readonly statement: Statement;
}

/** Everything that roles allow, wherever it is written. */
function grants(stage: Recording): Grant[] {
  const inline = ofType(stage, "aws:iam/role:Role").flatMap((holder) =>
    (holder.inputs.inlinePolicies ?? []).map(({ policy }: { policy: string }) => ({ holder, policy })),
  );
  const attached = ofType(stage, "aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy").map((holder) => ({
    holder,
    policy: holder.inputs.policy as string,
  }));
  return [...inline, ...attached]
    .flatMap(({ holder, policy }) => statementsOf(policy).map((statement) => ({ holder, statement })))
    .filter(({ statement }) => statement.effect === "Allow");
}

export const noActionIsAWildcard: Property = (stage) =>
  grants(stage).flatMap(({ holder, statement }) =>
    statement.actions
      .filter((action) => action.includes("*"))
      .map((action) => `${nameOf(holder)} allows the actions ${action}.`),
  );

/** A wildcard may stand for what lies below one resource of ours, and nothing wider. */
export const everyResourceIsOurs: Property = (stage) => {
  const ours = `${stage.app.name}-${stage.app.stage}-`;
  // A gateway's ARN holds its id, which here is its name.
  const gateways = ofType(stage, "aws:apigatewayv2/api:Api").map(({ name }) => `:${name}/`);
  const isOurs = (resource: string) => [ours, ...gateways].some((part) => resource.includes(part));
  const isNarrow = (resource: string) =>
    !resource.includes("*") || (/^[^*]+\/\*$/.test(resource) && isOurs(resource));
  return grants(stage).flatMap(({ holder, statement }) =>
    statement.resources
      .filter((resource) => !isNarrow(resource))
      .filter(
        (resource) => resource !== "*" || statement.actions.some((action) => !allowedEverywhere[action]),
      )
      .map((resource) => `${nameOf(holder)} allows ${statement.actions.join(", ")} on ${resource}.`),
  );
};

export const managedPoliciesAreListed: Property = (stage) =>
  ofType(stage, "aws:iam/role:Role").flatMap((role) =>
    ((role.inputs.managedPolicyArns ?? []) as string[])
      .filter((policy) => !allowedManagedPolicies[policy])
      .map((policy) => `${nameOf(role)} has the managed policy ${policy}.`),
  );

export const onlyServicesTakeRoles: Property = (stage) =>
  ofType(stage, "aws:iam/role:Role")
    .filter(({ inputs }) =>
      statementsOf(inputs.assumeRolePolicy).some(
        ({ principal }) => principal === undefined || Object.keys(principal).join() !== "Service",
      ),
    )
    .map((role) => `${nameOf(role)} may be taken by others than a service of AWS.`);

/** SST makes the site's function URLs public, since CloudFront fetches from them by their address. */
const publicFunctions: readonly RegExp[] = [/^WebServer/, /^WebImageOptimizer/, /^WebPublicFunctionUrl/];

export const onlyTheSiteIsCalledByAnybody: Property = (stage) =>
  ofType(stage, "aws:lambda/permission:Permission")
    .filter(
      ({ inputs, name }) => inputs.principal === "*" && !publicFunctions.some((site) => site.test(name)),
    )
    .map((permission) => `${nameOf(permission)} lets anybody call a function.`);

/** What a bundle could read and the function never does, and why. */
const neverRead: Readonly<Record<string, readonly string[]>> = {
  // It answers with one fixed document; the core that every handler gets would read these only when asked.
  ApiDescription: ["EdgeSecret", "Table"],
};

/** What is read and not linked fails at its first use; what is linked and not read is too much. */
export const linksAreWhatFunctionsRead: Property = ({ functions }) =>
  Object.entries(functions).flatMap(([name, { links, reads }]) => {
    if (!reads) return [];
    const read = reads.filter((link) => !neverRead[name]?.includes(link));
    return [
      ...read
        .filter((link) => !links.includes(link))
        .map((link) => `The function ${name} reads Resource.${link} and is not linked to it.`),
      ...links
        .filter((link) => !read.includes(link))
        .map((link) => `The function ${name} is linked to ${link} and does not read it.`),
    ];
  });

/** Whoever may look at a function sees its environment: secrets travel as links, which are encrypted. */
export const noSecretIsInAnEnvironment: Property = (stage) =>
  ofType(stage, "aws:lambda/function:Function").flatMap((declared) =>
    Object.entries(declared.inputs.environment?.variables ?? {})
      .filter(([, value]) => String(value).includes("[secret]"))
      .map(([variable]) => `${nameOf(declared)} has a secret in ${variable}.`),
  );
