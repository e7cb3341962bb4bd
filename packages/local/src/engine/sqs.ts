import { mkdirSync } from "node:fs";
import { findPackageJSON } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { buildApp as BuildApp } from "fauxqs";
import { REGION } from "../cloud.ts";

export interface SqsEngine {
  /** `http://127.0.0.1:<port>`, for SQS and SNS. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The parts of fauxqs's stores that are used here. */
interface Queue {
  url: string;
  readonly name: string;
  persistence?: unknown;
}
interface SqsStore {
  queues: Map<string, Queue>;
  persistence?: unknown;
  buildQueueUrl(name: string): string;
  allQueues(): IterableIterator<Queue>;
}
interface Store {
  persistence?: unknown;
}
interface Persistence {
  loadSqsAndSns(sqs: SqsStore, sns: Store): void;
  close(): void;
}

/**
 * Starts fauxqs in this process for SQS and SNS. With a data folder, queues,
 * topics and messages (also those in flight) are kept over restarts in SQLite.
 *
 * It is put together from fauxqs's own parts, because its `startFauxqs`
 * listens on every interface and names queues by a host that need not resolve.
 * Messages do not expire: the retention period is stored and not applied.
 */
export async function startSqs(options: {
  /** Absent means in memory. */
  readonly dataFolder?: string;
  /** A free port when absent. */
  readonly port?: number;
}): Promise<SqsEngine> {
  const parts = await loadParts();
  const sqsStore: SqsStore = new parts.SqsStore();
  const snsStore: Store = new parts.SnsStore();
  const s3Store: Store = new parts.S3Store();
  let persistence: Persistence | undefined;
  if (options.dataFolder) {
    mkdirSync(options.dataFolder, { recursive: true });
    persistence = new parts.PersistenceManager(options.dataFolder) as Persistence;
    // Loaded before the stores know about it: loading must not write.
    persistence.loadSqsAndSns(sqsStore, snsStore);
    sqsStore.persistence = persistence;
    snsStore.persistence = persistence;
    for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
  }
  const app = parts.buildApp({
    logger: false,
    defaultRegion: REGION,
    stores: { sqsStore, snsStore, s3Store } as never,
  });
  await app.listen({ port: options.port ?? 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  sqsStore.buildQueueUrl = (name) => `${url}/000000000000/${name}`;
  for (const queue of [...sqsStore.allQueues()]) {
    sqsStore.queues.delete(queue.url);
    queue.url = sqsStore.buildQueueUrl(queue.name);
    sqsStore.queues.set(queue.url, queue);
  }
  return {
    url,
    async stop() {
      await app.close();
      persistence?.close();
    },
  };
}

/** fauxqs exports its server only: the parts are read by their path in the pinned release. */
async function loadParts() {
  const manifest = findPackageJSON("fauxqs", import.meta.url);
  if (!manifest) throw new Error("The package fauxqs is not installed: run npm install.");
  const load = (file: string) => import(pathToFileURL(path.join(path.dirname(manifest), "dist", file)).href);
  const [app, sqs, sns, s3, persistence] = await Promise.all([
    load("app.js"),
    load("sqs/sqsStore.js"),
    load("sns/snsStore.js"),
    load("s3/s3Store.js"),
    load("persistence.js"),
  ]);
  return {
    buildApp: app.buildApp as typeof BuildApp,
    SqsStore: sqs.SqsStore,
    SnsStore: sns.SnsStore,
    S3Store: s3.S3Store,
    PersistenceManager: persistence.PersistenceManager,
  };
}
