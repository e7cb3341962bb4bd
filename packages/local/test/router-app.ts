import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { clientSettings } from "../src/aws-client.ts";
import type { Providers } from "../src/cloud.ts";
import { startS3 } from "../src/engine/s3.ts";
import { startS3Guard } from "../src/engine/s3-guard.ts";
import { createCertificate } from "../src/front-door/certificate.ts";
import { openFrontDoor } from "../src/front-door/front-door.ts";
import { bundleFunction } from "../src/function/bundle.ts";
import { apigatewayv2Providers } from "../src/provider/apigatewayv2.ts";
import { cloudfrontProviders } from "../src/provider/cloudfront.ts";
import { commandProviders } from "../src/provider/command.ts";
import { dynamicProviders } from "../src/provider/dynamic.ts";
import { s3Providers } from "../src/provider/s3.ts";
import type { ProvisionRequest, Resource } from "../src/resource.ts";
import { ensurePlatform } from "../src/synth/platform.ts";
import { synthesize } from "../src/synth.ts";
import { bareCloud } from "./bare-cloud.ts";

const ROOT = path.join(import.meta.dirname, "router");
const PROJECT = path.resolve(ROOT, "../../../..");
const ARN = "arn:aws:lambda:us-east-1:000000000000:function";

const providers: Providers = {
  ...apigatewayv2Providers,
  ...cloudfrontProviders,
  ...commandProviders,
  ...dynamicProviders,
  ...s3Providers,
  "aws:lambda/function:Function": async ({ name }) => ({
    id: name,
    state: {
      name,
      arn: `${ARN}:${name}`,
      qualifiedArn: `${ARN}:${name}:1`,
      invokeArn: `${ARN}:${name}`,
      version: "1",
    },
  }),
  "aws:lambda/functionUrl:FunctionUrl": async ({ name, inputs }) => ({
    id: name,
    state: { functionUrl: `https://${inputs.functionName.toLowerCase()}.lambda-url.us-east-1.on.aws/` },
  }),
};

export type RouterApp = Awaited<ReturnType<typeof startRouterApp>>;

/**
 * SST's own router, synthesised from `test/router`: its real edge function and
 * its real entries decide where each request goes. Objects and HTTP APIs are
 * real too; functions and the site answer as a test says.
 */
export async function startRouterApp() {
  await ensurePlatform(PROJECT, () => {});
  const folder = await mkdtemp(path.join(tmpdir(), "front-door-"));
  const engine = await startS3({ dataFolder: folder });
  const guard = await startS3Guard({ target: engine.url, log: () => {} });
  /** What the site and the functions answer. */
  const on: {
    site: (request: IncomingMessage, response: ServerResponse) => void;
    invoke: (name: string, event: Record<string, unknown>) => unknown;
  } = { site: () => {}, invoke: () => {} };
  const site = createServer((request, response) => on.site(request, response));
  const silent = createServer(() => {});
  await Promise.all([listen(site), listen(silent)]);
  const logged: string[] = [];
  const log = ({ message }: { readonly message: string }) => void logged.push(message);
  const certificate = createCertificate(new Date());
  const door = await openFrontDoor({ preferredPort: 23_000, certificate, log });
  const resources: Resource[] = [];
  const cloud = Object.assign(bareCloud({ s3: guard.url, cognito: "http://127.0.0.1:1" }), {
    port: async () => 0,
    frontDoorUrl: door.url,
    resources,
    log,
    functions: {
      invoke: async (name: string, event: Record<string, unknown>) => on.invoke(name, event),
    },
  });

  /** What no provider of this test makes real needs only a name here. */
  async function provision(request: ProvisionRequest) {
    const provider = providers[request.type];
    const { id, state } = provider
      ? await provider(request, cloud)
      : { id: request.name, state: { arn: `arn:aws:any:::${request.name}` } };
    const merged = { name: request.name, ...request.inputs, ...state };
    resources.push({ ...request, id, state: merged });
    return { id, state: merged };
  }

  process.env.SILENT_URL = urlOf(silent);
  const { outputs } = await synthesize({
    root: ROOT,
    stage: "test",
    workFolder: folder,
    secretSeed: "seed",
    provision,
    build: (params) => bundleFunction(params, { root: ROOT, folder: path.join(folder, "bundles") }),
  });

  /** @param bucketName SST's name of the bucket */
  async function withBucket<Result>(
    bucketName: string,
    run: (client: S3Client, bucket: string) => Promise<Result>,
  ): Promise<Result> {
    const bucket = resources.find(
      ({ type, name }) => type.endsWith(":Bucket") && name.startsWith(bucketName),
    );
    const client = new S3Client({ ...clientSettings(guard.url), forcePathStyle: true });
    try {
      return await run(client, bucket?.id ?? "");
    } finally {
      client.destroy();
    }
  }

  return {
    certificate,
    cloud,
    door,
    logged,
    on,
    outputs,
    site,
    open() {
      door.serve(cloud, (name) => (name.toLowerCase().includes("web") ? urlOf(site) : undefined));
    },
    /** To be called before each test. */
    reset() {
      logged.length = 0;
      on.site = (request, response) => void response.end(`site ${request.url}`);
      on.invoke = () => "hello";
    },
    get: (target: string, init?: RequestInit) => fetch(door.url + target, { redirect: "manual", ...init }),
    putObject: (bucketName: string, Key: string, Body: string, cacheControl?: string) =>
      withBucket(bucketName, async (client, Bucket) => {
        const object = { Bucket, Key, Body, ContentType: "text/plain" };
        await client.send(
          new PutObjectCommand({ ...object, ...(cacheControl ? { CacheControl: cacheControl } : {}) }),
        );
      }),
    /** A presigned address that takes so many bytes, without the store's own origin and the bucket's name. */
    presignPut: (bucketName: string, Key: string, ContentLength: number) =>
      withBucket(bucketName, async (client, Bucket) => {
        const command = new PutObjectCommand({ Bucket, Key, ContentLength });
        const { pathname, search } = new URL(await getSignedUrl(client, command, { expiresIn: 60 }));
        return pathname.slice(`/${Bucket}`.length) + search;
      }),
    async stop() {
      await door.stop();
      await cloud.stop();
      await guard.stop();
      await engine.stop();
      for (const server of [site, silent]) {
        server.closeAllConnections();
        server.close();
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
