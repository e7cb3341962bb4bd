import { describe, expect, test } from "vitest";
import { judge } from "./judge.ts";
import { readPolicy } from "./policy.ts";

// AWS Identity and Access Management User Guide, "Policy evaluation logic" and "IAM JSON policy elements".

const TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/notes";

function policy(...statements: object[]) {
  return readPolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }), "test");
}

function may(statements: object[], action: string, resource: string, context = {}): string {
  const judged = judge(policy(...statements), { action, resource, context });
  return judged.allowed ? "allowed" : `${judged.denial} denial`;
}

const allow = (Action: string | string[], Resource: string | string[], Condition?: object) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition ? { Condition } : {}),
});

test("nothing is allowed by default, and a denial wins over every allowance", () => {
  expect(may([], "dynamodb:GetItem", TABLE)).toBe("implicit denial");
  expect(may([allow("dynamodb:*", "*")], "dynamodb:GetItem", TABLE)).toBe("allowed");
  const deny = { Effect: "Deny", Action: "dynamodb:GetItem", Resource: TABLE };
  expect(may([allow("*", "*"), deny], "dynamodb:GetItem", TABLE)).toBe("explicit denial");
  expect(may([deny, allow("*", "*")], "dynamodb:PutItem", TABLE)).toBe("allowed");
});

describe("wildcards and case:", () => {
  test.each([
    ["dynamodb:Get*", TABLE, "dynamodb:GetItem", TABLE, "allowed"],
    ["DynamoDB:getitem", TABLE, "dynamodb:GetItem", TABLE, "allowed"],
    ["dynamodb:Get?tem", TABLE, "dynamodb:GetItem", TABLE, "allowed"],
    ["dynamodb:GetItem", TABLE.toUpperCase(), "dynamodb:GetItem", TABLE, "implicit denial"],
    ["dynamodb:GetItem", TABLE, "dynamodb:GetItem", `${TABLE}/index/gsi1`, "implicit denial"],
    ["dynamodb:Query", `${TABLE}/index/*`, "dynamodb:Query", `${TABLE}/index/gsi1`, "allowed"],
    ["s3:GetObject", "arn:aws:s3:::b/*", "s3:GetObject", "arn:aws:s3:::b/a/b.txt", "allowed"],
    ["s3:GetObject", "arn:aws:s3:::b/*", "s3:GetObject", "arn:aws:s3:::b2/a", "implicit denial"],
    ["s3:GetObject", "arn:aws:s3:::b.c/*", "s3:GetObject", "arn:aws:s3:::bxc/a", "implicit denial"],
  ])("%s on %s lets %s on %s: %s", (action, resource, asked, on, outcome) => {
    expect(may([allow(action, resource)], asked, on)).toBe(outcome);
  });
});

describe("conditions:", () => {
  const key = "dynamodb:LeadingKeys";
  test.each([
    [{ StringEquals: { "aws:x": ["a", "b"] } }, { "aws:x": ["b"] }, "allowed"],
    [{ StringEquals: { "AWS:X": "a" } }, { "aws:x": ["a"] }, "allowed"],
    [{ StringEquals: { "aws:x": "a" } }, {}, "implicit denial"],
    [{ StringNotEquals: { "aws:x": "a" } }, {}, "allowed"],
    [{ StringEquals: { "aws:x": "a", "aws:y": "b" } }, { "aws:x": ["a"] }, "implicit denial"],
    [{ StringLike: { "aws:x": "a*" } }, { "aws:x": ["abc"] }, "allowed"],
    [{ Bool: { "aws:securetransport": "true" } }, { "aws:securetransport": ["true"] }, "allowed"],
    [
      { "ForAllValues:StringLike": { [key]: "post#*" } },
      { [key.toLowerCase()]: ["post#1", "post#2"] },
      "allowed",
    ],
    [
      { "ForAllValues:StringLike": { [key]: "post#*" } },
      { [key.toLowerCase()]: ["post#1", "todo#2"] },
      "implicit denial",
    ],
    // "ForAllValues returns true if there are no keys in the request."
    [{ "ForAllValues:StringLike": { [key]: "post#*" } }, {}, "allowed"],
    [{ "ForAnyValue:StringLike": { [key]: "post#*" } }, {}, "implicit denial"],
  ])("%o with %o: %s", (condition, context, outcome) => {
    expect(may([allow("dynamodb:GetItem", TABLE, condition)], "dynamodb:GetItem", TABLE, context)).toBe(
      outcome,
    );
  });
});

describe("a form that is not known is refused with its name:", () => {
  test.each([
    [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }, "a statement with NotAction"],
    [{ Effect: "Allow", Action: "s3:*", NotResource: "*" }, "a statement with NotResource"],
    [{ Effect: "Allow", Action: "s3:*", Resource: "*", Principal: "*" }, "a statement with Principal"],
    [{ Effect: "Maybe", Action: "s3:*", Resource: "*" }, "the effect Maybe"],
    [{ Effect: "Allow", Action: "s3:*" }, "a statement without Action or Resource"],
    [
      allow("s3:*", "*", { NumericLessThan: { "s3:max-keys": "1" } }),
      "the condition operator NumericLessThan",
    ],
    [allow("s3:*", "arn:aws:s3:::b/$\u007baws:username}"), "the policy variable"],
  ])("%o", (statement, form) => {
    expect(() => policy(statement)).toThrow(form);
  });
});
