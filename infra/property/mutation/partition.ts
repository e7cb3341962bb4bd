import type * as partition from "../partition.ts";
import { type Draft, find, type Mutations } from "./draft.ts";

/** Lets the function of todos put items, of the partitions that are given or of all. */
function allow(draft: Draft, patterns: readonly string[] | undefined): void {
  const Condition = patterns && { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": patterns } };
  const statement = {
    Effect: "Allow",
    Action: "dynamodb:PutItem",
    Resource: "arn:aws:dynamodb:x",
    Condition,
  };
  const policy = JSON.stringify({ Statement: [statement] });
  find(draft, "ApiTodoRole").inlinePolicies = [{ name: "inline", policy }];
}

const todos = [
  "$haru#accountId_*",
  "$haru#emailInitial_*",
  "$haru#listId_*",
  "$haru#name_*",
  "$haru#tokenHash_*",
];

export const partitionMutations: Mutations<typeof partition> = {
  functionsReachTheItemsOfTheirNouns: [
    {
      spoil: (draft) => allow(draft, undefined),
      says: /^The function ApiTodo may dynamodb:PutItem on items of every noun\.$/m,
    },
    {
      spoil: (draft) => allow(draft, [...todos, "$haru#postId_*"]),
      says: /^The function ApiTodo may reach the partitions \$haru#postId_\*, and no entity in its bundle has any\.$/m,
    },
    {
      spoil: (draft) =>
        allow(
          draft,
          todos.filter((pattern) => !pattern.includes("listId")),
        ),
      says: /^The function ApiTodo may not reach the partitions \$haru#listId_\*, whose entity is in its bundle\.$/m,
    },
    {
      spoil: (draft) => {
        for (const inline of find(draft, "ClosureHandlerRole").inlinePolicies)
          inline.policy = inline.policy.replace("dynamodb:BatchWriteItem", "dynamodb:PutItem");
      },
      says: /^The function ClosureHandler needs dynamodb:BatchWriteItem, and no statement allows it\.$/m,
    },
    {
      spoil: (draft) => {
        for (const inline of find(draft, "ApiTodoRole").inlinePolicies)
          inline.policy = inline.policy.replace("dynamodb:BatchGetItem", "dynamodb:BatchWriteItem");
      },
      says: /^The function ApiTodo may dynamodb:BatchWriteItem, and nothing in its bundle does\.$/m,
    },
  ],
};
