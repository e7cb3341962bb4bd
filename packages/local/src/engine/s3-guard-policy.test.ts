import { expect, test } from "vitest";
import { type PolicyRequest, policyAllows } from "./s3-guard-policy.ts";

// Amazon S3 User Guide, "How Amazon S3 authorizes a request" and "Condition keys for Amazon S3".

const DISTRIBUTION = "arn:aws:cloudfront::000000000000:distribution/E1";
const fromCloudFront: PolicyRequest = {
  principal: "cloudfront.amazonaws.com",
  action: "s3:GetObject",
  resource: "arn:aws:s3:::media/a/b.png",
  sourceArn: DISTRIBUTION,
};
const toCloudFront = {
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::media/*",
};
const allows = (statements: object[], request: Partial<PolicyRequest> = {}) =>
  policyAllows([JSON.stringify({ Statement: statements })], { ...fromCloudFront, ...request });

test("what a statement names passes and nothing else", () => {
  expect(allows([toCloudFront])).toBe(true);
  expect(allows([])).toBe(false);
  expect(allows([toCloudFront], { principal: "anonymous" })).toBe(false);
  expect(allows([toCloudFront], { action: "s3:ListBucket" })).toBe(false);
  expect(allows([toCloudFront], { resource: "arn:aws:s3:::other/a" })).toBe(false);
  expect(allows([{ ...toCloudFront, Principal: { AWS: "*" } }], { principal: "anonymous" })).toBe(true);
  expect(allows([{ ...toCloudFront, Principal: { AWS: "arn:aws:iam::1:root" } }])).toBe(false);
});

test.each([
  [{ StringEquals: { "aws:SourceAccount": "000000000000" } }, true],
  [{ StringEquals: { "AWS:SourceArn": DISTRIBUTION } }, true],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::*:distribution/*" } }, true],
  [{ StringEquals: { "aws:SourceAccount": "123456789012" } }, false],
  [{ StringEquals: { "aws:SourceArn": ["arn:aws:cloudfront::000000000000:distribution/E2"] } }, false],
  [{ Bool: { "aws:SecureTransport": "true" } }, true],
  [{ Bool: { "aws:SecureTransport": "false" } }, false],
  [{ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, false],
])("an allowance with the condition %j holds: %s", (Condition, isAllowed) => {
  expect(allows([{ ...toCloudFront, Condition }])).toBe(isAllowed);
});

test("a denial wins, a conditional one when its condition may hold", () => {
  const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::media/*" };
  expect(allows([toCloudFront, deny])).toBe(false);
  expect(allows([toCloudFront, { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } }])).toBe(
    true,
  );
  expect(allows([toCloudFront, { ...deny, Condition: { StringEquals: { "aws:RequestTag/x": "y" } } }])).toBe(
    false,
  );
});
