import type { EventEmitter } from "node:events";
import { mkdirSync } from "node:fs";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials.ts";
import { mendMultipart, type PartStore } from "./s3-multipart.ts";
import { mendStore } from "./s3-store.ts";

export interface S3Engine {
  /** `http://127.0.0.1:<port>`, path style, presigned policies not enforced: the guard stands in front. */
  readonly url: string;
  /** Calls the listener for every object that is created or removed. Answers how to end that. */
  onEvent(listener: (event: S3Event) => void): () => void;
  stop(): Promise<void>;
}

/** An S3 notification in AWS's shape. The key is URL-encoded, as AWS sends it. */
export interface S3Event {
  readonly Records: readonly {
    /** For instance `ObjectCreated:Put`. */
    readonly eventName: string;
    readonly eventTime: string;
    readonly s3: {
      readonly bucket: { readonly name: string };
      readonly object: {
        readonly key: string;
        readonly size?: number;
        readonly eTag?: string;
        readonly sequencer: string;
      };
    };
  }[];
}

interface S3rver extends EventEmitter {
  readonly store: PartStore;
  /** Koa's, the router last. */
  readonly middleware: unknown[];
  readonly httpServer: Server;
  run(): Promise<AddressInfo>;
}
type S3rverConstructor = new (options: Record<string, unknown>) => S3rver;
interface Account {
  createKeyPair(accessKeyId: string, secretAccessKey: string): void;
}

/** Starts s3rver in this process: objects as files below the folder, one folder a bucket. */
export async function startS3(options: {
  readonly dataFolder: string;
  /** A free port when absent. */
  readonly port?: number;
}): Promise<S3Engine> {
  const require = createRequire(import.meta.url);
  const S3rver = require("s3rver") as S3rverConstructor;
  const account = require("s3rver/lib/models/account.js").DUMMY_ACCOUNT as Account;
  account.createKeyPair(ACCESS_KEY_ID, SECRET_ACCESS_KEY);
  const objects = path.join(options.dataFolder, "objects");
  mkdirSync(objects, { recursive: true });
  const server = new S3rver({
    address: "127.0.0.1",
    port: options.port ?? 0,
    directory: objects,
    silent: true,
    // Buckets are addressed by path only: a Host header of the front door must not be taken for a bucket.
    vhostBuckets: false,
  });
  const incoming = path.join(options.dataFolder, "incoming");
  mendStore(server.store, incoming);
  server.middleware.splice(-1, 0, mendMultipart(server.store, incoming));
  const { port } = await server.run();
  // It runs in this process, and so does who asks it: a connection that it closed while idle, at the moment of
  // the next request, would only be an error that S3 does not have.
  server.httpServer.keepAliveTimeout = 0;
  return {
    url: `http://127.0.0.1:${port}`,
    onEvent(listener) {
      const listen = (event: S3Event) => listener(asAws(event));
      server.on("event", listen);
      return () => void server.off("event", listen);
    },
    stop: () =>
      new Promise((resolve) => {
        server.httpServer.close(() => resolve());
        server.httpServer.closeAllConnections();
      }),
  };
}

/**
 * Encodes the key as S3 does in notifications (spaces become plus signs); s3rver leaves it as it is. It calls
 * the end of an upload in parts a form's, too: the number of parts behind the ETag tells them apart.
 */
function asAws(event: S3Event): S3Event {
  return {
    Records: event.Records.map((record) => ({
      ...record,
      ...(record.s3.object.eTag?.includes("-") ? { eventName: "ObjectCreated:CompleteMultipartUpload" } : {}),
      s3: {
        ...record.s3,
        bucket: { ...record.s3.bucket, arn: `arn:aws:s3:::${record.s3.bucket.name}` },
        object: { ...record.s3.object, key: encodeKey(record.s3.object.key) },
      },
    })),
  };
}

/** Form encoding, except that slashes stay. */
function encodeKey(key: string): string {
  return new URLSearchParams([["", key]]).toString().slice(1).replaceAll("%2F", "/");
}
