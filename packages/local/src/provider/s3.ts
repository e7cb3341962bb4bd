import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  DeleteBucketCorsCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { clientSettings, onePerCloud } from "../aws-client.ts";
import { type Providers, REGION } from "../cloud.ts";

interface CorsRule {
  readonly allowedHeaders?: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAgeSeconds?: number;
}

const clientOf = onePerCloud(
  (cloud) =>
    new S3Client({
      ...clientSettings(cloud.endpoints.s3),
      forcePathStyle: true,
      // The engine does not know the checksum trailers that newer SDKs add by themselves.
      requestChecksumCalculation: "WHEN_REQUIRED",
    }),
);

const FUNCTION_PARENT = /\bsst:aws:Function::/;

/** Buckets, their CORS rules and policies. Notifications are in `s3-notification.ts`. */
export const s3Providers: Providers = {
  "aws:s3/bucket:Bucket": async ({ inputs }, cloud) => {
    const name: string = inputs.bucket;
    const client = clientOf(cloud);
    await client.send(new CreateBucketCommand({ Bucket: name })).catch((error) => {
      if (error instanceof BucketAlreadyOwnedByYou) return;
      if (error instanceof S3ServiceException && error.name === "BucketAlreadyExists") return;
      throw error;
    });
    // A program that no longer declares CORS must not keep the rules of an earlier start.
    await client.send(new DeleteBucketCorsCommand({ Bucket: name }));
    return {
      id: name,
      state: {
        arn: `arn:aws:s3:::${name}`,
        bucketDomainName: `${name}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${name}.s3.${REGION}.amazonaws.com`,
        region: REGION,
      },
    };
  },

  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": async ({ inputs }, cloud) => {
    const rules = inputs.corsRules as readonly CorsRule[];
    await clientOf(cloud).send(
      new PutBucketCorsCommand({
        Bucket: inputs.bucket,
        CORSConfiguration: {
          CORSRules: rules.map((rule) => ({
            AllowedMethods: [...rule.allowedMethods],
            AllowedOrigins: [...rule.allowedOrigins],
            AllowedHeaders: [...(rule.allowedHeaders ?? [])],
            ExposeHeaders: [...(rule.exposeHeaders ?? [])],
            ...(rule.maxAgeSeconds === undefined ? {} : { MaxAgeSeconds: rule.maxAgeSeconds }),
          })),
        },
      }),
    );
    return { id: inputs.bucket, state: {} };
  },

  // Kept and enforced by the guard in front of the engine.
  "aws:s3/bucketPolicy:BucketPolicy": async ({ inputs }, cloud) => {
    const { bucket: Bucket, policy: Policy } = inputs;
    await clientOf(cloud).send(new PutBucketPolicyCommand({ Bucket, Policy }));
    return { id: Bucket, state: {} };
  },

  "aws:s3/bucketObjectv2:BucketObjectv2": async ({ name, parent }) => {
    // The package of a function: here functions run from the folder that they are built into.
    if (parent && FUNCTION_PARENT.test(parent)) return { id: name, state: { versionId: "1" } };
    throw new Error("the local cloud has no objects that the program declares: put them there by a command.");
  },
};
