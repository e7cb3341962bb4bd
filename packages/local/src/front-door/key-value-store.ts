import type { Cloud } from "../cloud.ts";

/** Entries of one CloudFront KeyValueStore. */
export type KeyValueStore = Map<string, string>;

const storesByCloud = new WeakMap<Cloud, Map<string, KeyValueStore>>();

/** The store with that ARN. It is empty until the synthesis has written to it. */
export function keyValueStore(cloud: Cloud, arn: string): KeyValueStore {
  const stores = storesByCloud.get(cloud) ?? new Map<string, KeyValueStore>();
  storesByCloud.set(cloud, stores);
  const store = stores.get(arn) ?? new Map<string, string>();
  stores.set(arn, store);
  return store;
}
