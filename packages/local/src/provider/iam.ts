import { ACCOUNT_ID, type Providers } from "../cloud.ts";

/**
 * Roles and policies by name. They are not enforced here: what a function may
 * reach is limited by its links, and its statements are for the synthesis
 * tests to judge.
 */
export const iamProviders: Providers = {
  "aws:iam/role:Role": async ({ name, inputs }) => named("role", inputs.name ?? name),
  "aws:iam/rolePolicy:RolePolicy": async ({ name }) => ({ id: name, state: { name } }),
  "aws:iam/policy:Policy": async ({ name, inputs }) => named("policy", inputs.name ?? name),
};

async function named(kind: "role" | "policy", name: string) {
  return { id: name, state: { name, arn: `arn:aws:iam::${ACCOUNT_ID}:${kind}/${name}` } };
}
