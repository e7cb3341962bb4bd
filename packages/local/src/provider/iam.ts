import { ACCOUNT_ID, type Providers } from "../cloud.ts";

/** Roles and policies by name. What they say is enforced in front of the engines, see `iam/iam.ts`. */
export const iamProviders: Providers = {
  "aws:iam/role:Role": async ({ name, inputs }) => named("role", inputs.name ?? name),
  "aws:iam/rolePolicy:RolePolicy": async ({ name }) => ({ id: name, state: { name } }),
  "aws:iam/policy:Policy": async ({ name, inputs }) => named("policy", inputs.name ?? name),
};

async function named(kind: "role" | "policy", name: string) {
  return { id: name, state: { name, arn: `arn:aws:iam::${ACCOUNT_ID}:${kind}/${name}` } };
}
