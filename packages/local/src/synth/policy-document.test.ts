import { expect, test } from "vitest";
import { policyDocument } from "./policy-document.ts";

test("a policy document has the JSON of IAM (IAM JSON policy elements reference)", () => {
  const json = policyDocument({
    statements: [
      { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] },
      {
        sid: "Tls",
        effect: "Deny",
        actions: ["s3:*", "s3-object-lambda:*"],
        notResources: ["arn:aws:s3:::c"],
        principals: [{ type: "*", identifiers: ["*"] }],
        conditions: [
          { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
          { test: "StringEquals", variable: "aws:SourceAccount", values: ["1", "2"] },
        ],
      },
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
      },
    ],
  });
  expect(JSON.parse(json)).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" },
      {
        Sid: "Tls",
        Effect: "Deny",
        Action: ["s3:*", "s3-object-lambda:*"],
        NotResource: "arn:aws:s3:::c",
        Principal: "*",
        Condition: {
          Bool: { "aws:SecureTransport": "false" },
          StringEquals: { "aws:SourceAccount": ["1", "2"] },
        },
      },
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
    ],
  });
});
