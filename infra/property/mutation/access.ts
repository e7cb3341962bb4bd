import type * as access from "../access.ts";
import { add, type Draft, find, type Mutations } from "./draft.ts";

/** Adds a statement to what a function may do. */
function allow(draft: Draft, action: string, resource: string): void {
  const role = find(draft, "ApiPostRole");
  const statement = { Effect: "Allow", Action: action, Resource: resource };
  role.inlinePolicies = [{ name: "inline", policy: JSON.stringify({ Statement: [statement] }) }];
}

export const accessMutations: Mutations<typeof access> = {
  noActionIsAWildcard: [
    {
      spoil: (draft) => allow(draft, "dynamodb:*", "arn:aws:dynamodb:x"),
      says: /allows the actions dynamodb:\*/,
    },
  ],
  everyResourceIsOurs: [
    { spoil: (draft) => allow(draft, "s3:GetObject", "*"), says: /"ApiPostRole" allows s3:GetObject on \*/ },
    { spoil: (draft) => allow(draft, "s3:GetObject", "arn:aws:s3:::*/*"), says: /on arn:aws:s3:::\*\/\*/ },
    { spoil: (draft) => allow(draft, "s3:GetObject", "arn:aws:s3:::other/*"), says: /on arn:aws:s3:::other/ },
  ],
  managedPoliciesAreListed: [
    {
      spoil: (draft) =>
        find(draft, "ApiPostRole").managedPolicyArns.push("arn:aws:iam::aws:policy/AdministratorAccess"),
      says: /AdministratorAccess/,
    },
  ],
  onlyServicesTakeRoles: [
    {
      spoil: (draft) => {
        const principal = { Service: "lambda.amazonaws.com", AWS: "arn:aws:iam::000000000000:root" };
        find(draft, "ApiPostRole").assumeRolePolicy = JSON.stringify({
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }],
        });
      },
      says: /"ApiPostRole" may be taken by others/,
    },
  ],
  onlyTheSiteIsCalledByAnybody: [
    {
      spoil: (draft) => add(draft, "aws:lambda/permission:Permission", "ApiPostUrl", { principal: "*" }),
      says: /"ApiPostUrl" lets anybody call/,
    },
  ],
  linksAreWhatFunctionsRead: [
    {
      spoil: (draft) => {
        draft.functions.ApiPost = { source: "post", links: [], reads: ["Table"], calls: [], modules: [] };
      },
      says: /The function ApiPost reads Resource\.Table and is not linked to it/,
    },
    {
      spoil: (draft) => {
        draft.functions.ApiPost = {
          source: "post",
          links: ["Table", "Salt"],
          reads: ["Table"],
          calls: [],
          modules: [],
        };
      },
      says: /The function ApiPost is linked to Salt and does not read it/,
    },
  ],
  noSecretIsInAnEnvironment: [
    {
      spoil: (draft) => {
        find(draft, "ApiPostFunction").environment.variables.KEY = "[secret]";
      },
      says: /"ApiPostFunction" has a secret in KEY/,
    },
  ],
};
