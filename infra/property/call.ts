import type { RecordedFunction, Recording } from "@haru/local/synth/recording";
import { allowedTo, ofType, type Property } from "./recording.ts";

/** What each call of the SDK needs to be allowed. What is missing here needs nothing (a person's own token) or belongs to items. */
const actionsOfCalls: Readonly<Record<string, readonly string[]>> = {
  AbortMultipartUpload: ["s3:AbortMultipartUpload"],
  AdminAddUserToGroup: ["cognito-idp:AdminAddUserToGroup"],
  AdminDeleteUser: ["cognito-idp:AdminDeleteUser"],
  AdminDisableUser: ["cognito-idp:AdminDisableUser"],
  AdminEnableUser: ["cognito-idp:AdminEnableUser"],
  AdminRemoveUserFromGroup: ["cognito-idp:AdminRemoveUserFromGroup"],
  AdminSetUserMFAPreference: ["cognito-idp:AdminSetUserMFAPreference"],
  AdminUserGlobalSignOut: ["cognito-idp:AdminUserGlobalSignOut"],
  CompleteMultipartUpload: ["s3:PutObject"],
  CopyObject: ["s3:GetObject", "s3:PutObject"],
  CreateInvalidation: ["cloudfront:CreateInvalidation"],
  CreateMultipartUpload: ["s3:PutObject"],
  createPresignedPost: ["s3:PutObject"],
  DeleteObject: ["s3:DeleteObject"],
  DeleteObjects: ["s3:DeleteObject"],
  GetObject: ["s3:GetObject"],
  HeadObject: ["s3:GetObject"],
  ListObjectsV2: ["s3:ListBucket"],
  ListParts: ["s3:ListMultipartUploadParts"],
  PostToConnection: ["execute-api:ManageConnections"],
  PutObject: ["s3:PutObject"],
  SendEmail: ["ses:SendEmail"],
  SendMessage: ["sqs:SendMessage"],
  SendMessageBatch: ["sqs:SendMessage"],
  UploadPart: ["s3:PutObject"],
};

/** Calls that stand in a bundle because they share a module with what the function does, and that it never makes. */
const neverMade: Readonly<Record<string, readonly string[]>> = {
  // Roles are given by administrators; the module also opens accounts.
  AccountOpened: ["AdminAddUserToGroup"],
  // Only the sign-in turns a second factor off, by a recovery code.
  ApiCredential: ["AdminSetUserMFAPreference"],
  // Zips are asked for, and fetched, by their owners.
  ClosureHandler: ["GetObject", "SendMessage"],
  TakeoutJobsSubscriber: ["SendMessage"],
};

/** What Lambda does in a function's name to read its source. */
const readingActions = {
  dynamodb: [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
  ],
  sqs: [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
  ],
} as const;

/** Least privilege, both ways: what a function calls it may do, and what it may do it calls. */
export const functionsMayDoWhatTheyCall: Property = (stage) =>
  Object.entries(stage.functions).flatMap(([name, declared]) => {
    if (!declared.calls) return [];
    const allowed = new Set(
      allowedTo(stage, name)
        .flatMap(({ actions }) => actions)
        .filter((action) => isKnown(action)),
    );
    const needed = [...neededForCalls(name, declared), ...neededForSources(stage, name)];
    return [
      ...needed
        .filter(({ action }) => !allowed.has(action))
        .map(
          ({ action, on }) => `The function ${name} needs ${action} on ${on}, and no statement allows it.`,
        ),
      ...[...allowed]
        .filter((action) => !needed.some((one) => one.action === action))
        .map((action) => `The function ${name} may ${action}, and nothing in its bundle needs it.`),
    ];
  });

interface Need {
  readonly action: string;
  readonly on: string;
}

function neededForCalls(name: string, { calls = [], links }: RecordedFunction): Need[] {
  const [, idle = []] = Object.entries(neverMade).find(([start]) => name.startsWith(start)) ?? [];
  return calls
    .filter((call) => !idle.includes(call))
    .flatMap((call) => actionsOfCalls[call] ?? [])
    .map((action) => ({ action, on: `one of ${links.join(", ")}` }));
}

function neededForSources(stage: Recording, name: string): Need[] {
  const mappings = ofType(stage, "aws:lambda/eventSourceMapping:EventSourceMapping").filter(({ inputs }) =>
    String(inputs.functionName).includes(physicalNameOf(stage, name)),
  );
  return mappings.flatMap(({ inputs }) => {
    const on = String(inputs.eventSourceArn);
    const failed: string | undefined = inputs.destinationConfig?.onFailure?.destinationArn;
    const service = on.split(":")[2] as keyof typeof readingActions;
    return [
      ...readingActions[service].map((action) => ({ action, on })),
      ...(failed ? [{ action: "sqs:SendMessage", on: failed }] : []),
    ];
  });
}

function physicalNameOf(stage: Recording, name: string): string {
  const declared = ofType(stage, "aws:lambda/function:Function").find(
    (one) => one.name === `${name}Function`,
  );
  return String(declared?.inputs.name);
}

function isKnown(action: string): boolean {
  const known = [...Object.values(actionsOfCalls), ...Object.values(readingActions)];
  return known.some((actions) => actions.includes(action));
}
