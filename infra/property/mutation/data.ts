import type * as data from "../data.ts";
import { add, find, type Mutations, remove } from "./draft.ts";

export const dataMutations: Mutations<typeof data> = {
  noBucketIsPublic: [
    {
      spoil: (draft) => {
        find(draft, "MediaPublicAccessBlock").restrictPublicBuckets = false;
      },
      says: /"MediaBucket" does not block public access/,
    },
    { spoil: (draft) => remove(draft, "MediaPublicAccessBlock"), says: /"MediaBucket" does not block/ },
    {
      spoil: (draft) => {
        find(draft, "MediaPolicy").policy = JSON.stringify({
          Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "x", Principal: "*" }],
        });
      },
      says: /"MediaBucket" allows anybody/,
    },
    {
      spoil: (draft) => {
        const policy = find(draft, "MediaPolicy");
        policy.policy = policy.policy.replace("aws:SourceAccount", "aws:UserAgent");
      },
      says: /"MediaBucket" lets a service act for other accounts/,
    },
    {
      spoil: (draft) =>
        add(draft, "aws:s3/bucketAcl:BucketAcl", "MediaAcl", { bucket: find(draft, "MediaBucket").bucket }),
      says: /"MediaBucket" has an access list/,
    },
  ],
  bucketsAnswerOnlyOverTls: [
    { spoil: (draft) => remove(draft, "MediaPolicy"), says: /"MediaBucket" answers without TLS/ },
  ],
  unfinishedUploadsEnd: [
    {
      spoil: (draft) => remove(draft, "TakeoutsLifecycle"),
      says: /"TakeoutsBucket" keeps the parts of files/,
    },
    {
      spoil: (draft) => {
        find(draft, "MediaLifecycle").rules.pop();
      },
      says: /"MediaBucket" keeps the parts of files/,
    },
    {
      spoil: (draft) => {
        find(draft, "MediaLifecycle").rules.at(-1).filter = { prefix: "media/" };
      },
      says: /"MediaBucket" keeps the parts of files/,
    },
  ],
  noBucketAnswersEveryOrigin: [
    {
      spoil: (draft) =>
        add(draft, "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", "MediaCors", {
          corsRules: [{ allowedOrigins: ["*"] }],
        }),
      says: /"MediaCors" lets pages of every origin in/,
    },
  ],
  theTableIsAsTheDomainNeedsIt: [
    {
      spoil: (draft) => {
        find(draft, "TableTable").streamViewType = "KEYS_ONLY";
      },
      says: /does not carry both images/,
    },
    {
      spoil: (draft) => {
        find(draft, "TableTable").ttl.enabled = false;
      },
      says: /do not expire/,
    },
    { spoil: (draft) => find(draft, "TableTable").globalSecondaryIndexes.pop(), says: /other indexes/ },
    {
      spoil: (draft) => {
        find(draft, "TableTable").hashKey = "id";
      },
      says: /other keys/,
    },
    { spoil: (draft) => remove(draft, "TableTable"), says: /There is no table/ },
  ],
  tablesCanBeRestored: [
    {
      spoil: (draft) => {
        find(draft, "TableTable").pointInTimeRecovery = { enabled: false };
      },
      says: /"TableTable" has no point-in-time recovery/,
    },
  ],
  dataIsKeptInProductionOnly: [
    {
      spoil: (draft) => {
        draft.app.removal = "remove";
      },
      says: /The removal policy is wrong/,
    },
    {
      spoil: (draft) => {
        draft.app.protect = false;
      },
      says: /The protection against removal is wrong/,
    },
    {
      spoil: (draft) => {
        find(draft, "TableTable").deletionProtectionEnabled = false;
      },
      says: /"TableTable" has the wrong protection/,
    },
    {
      spoil: (draft) => {
        find(draft, "UsersUserPool").deletionProtection = "INACTIVE";
      },
      says: /"UsersUserPool" has the wrong protection/,
    },
    {
      spoil: (draft) => {
        find(draft, "MediaBucket").forceDestroy = true;
      },
      says: /"MediaBucket" has the wrong protection/,
    },
    {
      spoil: (draft) => {
        draft.resources = draft.resources.map((resource) => ({ ...resource, retainOnDelete: false }));
      },
      says: /"MediaBucket" has the wrong end/,
    },
    { spoil: (draft) => remove(draft, "MediaBucket"), says: /MediaBucket is not there/ },
  ],
};
