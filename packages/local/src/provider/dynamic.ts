import { createReadStream } from "node:fs";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { clientSettings, onePerCloud } from "../aws-client.ts";
import type { Provider, Providers } from "../cloud.ts";
import { keyValueStore } from "../front-door/key-value-store.ts";

interface BucketFile {
  /** Absolute path. */
  readonly source: string;
  readonly key: string;
  readonly cacheControl?: string;
  readonly contentType: string;
}

const clientOf = onePerCloud(
  (cloud) =>
    new S3Client({
      ...clientSettings(cloud.endpoints.s3),
      forcePathStyle: true,
      requestChecksumCalculation: "WHEN_REQUIRED",
    }),
);

/** SST's own resources, which its command line makes real on AWS, by the ending of their names. */
const kinds: Readonly<Record<string, Provider>> = {
  "sst.aws.KvKeys": async ({ name, inputs }, cloud) => {
    const store = keyValueStore(cloud, inputs.store);
    for (const [key, value] of Object.entries(inputs.entries as Record<string, string>)) {
      store.set(`${inputs.namespace}:${key}`, value);
    }
    return { id: name, state: {} };
  },

  "sst.aws.KvRoutesUpdate": async ({ name, inputs }, cloud) => {
    const store = keyValueStore(cloud, inputs.store);
    const key = `${inputs.namespace}:${inputs.key}`;
    const routes = new Set<string>(JSON.parse(store.get(key) ?? "[]"));
    store.set(key, JSON.stringify([...routes.add(inputs.entry)]));
    return { id: name, state: {} };
  },

  "sst.aws.BucketFiles": async ({ name, inputs }, cloud) => {
    for (const file of inputs.files as readonly BucketFile[]) {
      await clientOf(cloud).send(
        new PutObjectCommand({
          Bucket: inputs.bucketName,
          Key: file.key,
          Body: createReadStream(file.source),
          ContentType: file.contentType,
          ...(file.cacheControl ? { CacheControl: file.cacheControl } : {}),
        }),
      );
    }
    return { id: name, state: {} };
  },

  // A distribution is ready as soon as the front door opens.
  "sst.aws.DistributionDeploymentWaiter": async ({ name }) => ({ id: name, state: { isDone: true } }),
  // A start begins with an empty cache.
  "sst.aws.DistributionInvalidation": async ({ name }) => ({ id: name, state: {} }),
  // The front door signs what it asks of a bucket, whatever the control is called.
  "sst.aws.OriginAccessControl": async ({ name }) => ({ id: name, state: {} }),
};

export const dynamicProviders: Providers = {
  "pulumi-nodejs:dynamic:Resource": async (request, cloud) => {
    const kind = Object.keys(kinds).find((ending) => request.name.endsWith(`.${ending}`));
    const provider = kind === undefined ? undefined : kinds[kind];
    if (!provider) throw new Error("the local cloud has no provider for this dynamic resource.");
    return provider(request, cloud);
  },
};
