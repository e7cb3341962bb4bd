import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "../aws-client.ts";
import type { Cloud, Endpoints, FunctionBuild, Provider } from "../cloud.ts";
import type { S3Event } from "../engine/s3.ts";
import { createDestinations, queueUrl } from "../function/destination.ts";
import { createFunctionService } from "../function/service.ts";
import { engineVariables } from "../function/variables.ts";
import { createIam } from "../iam/iam.ts";
import type { Provisioned, Resource } from "../resource.ts";

export interface TestCloud extends Cloud {
  readonly lines: { readonly level: string; readonly source: string; readonly message: string }[];
  /** Calls a provider and notes the resource, as the synthesis does. */
  provision(
    provider: Provider | undefined,
    type: string,
    name: string,
    inputs: Record<string, unknown>,
  ): Promise<Provisioned>;
  /** Notes a build whose bundle is the given source, with `handler` as its export. */
  build(functionId: string, source: string, changes?: Partial<FunctionBuild>): void;
  /** Runs what waits for the end of the synthesis and for the front door. */
  open(): Promise<void>;
  emitObjectEvent(event: S3Event): void;
  stop(): Promise<void>;
}

/** A cloud with a real function service on the given engines, for the tests of providers around functions. */
export function createTestCloud(endpoints: Partial<Endpoints>): TestCloud {
  const folder = mkdtempSync(path.join(tmpdir(), "test-cloud-"));
  const lines: TestCloud["lines"] = [];
  const log: Cloud["log"] = (line) => void lines.push(line);
  const all = endpoints as Endpoints;
  const destinations = createDestinations(all, {
    invokeAsync: (nameOrArn, event) => functions.invokeAsync(nameOrArn, event),
  });
  const functions = createFunctionService({
    baseEnvironment: () => ({ ...engineVariables(all) }),
    destinations,
    log,
  });
  const resources: Resource[] = [];
  const builds = new Map<string, FunctionBuild>();
  const tasks: (() => Promise<void> | void)[] = [];
  const stops: (() => Promise<void> | void)[] = [
    () => rmSync(folder, { recursive: true, force: true }),
    () => destinations.stop(),
    () => functions.stop(),
  ];
  const listeners: ((event: S3Event) => void)[] = [];
  return {
    root: folder,
    dataFolder: folder,
    stage: "test",
    watch: false,
    production: false,
    iam: createIam(() => {}),
    endpoints: all,
    frontDoorUrl: "http://127.0.0.1:3000",
    functions,
    destinations,
    userPools: undefined as never,
    port: () => Promise.reject(new Error("A test cloud has no ports.")),
    builds,
    resources,
    log,
    lines,
    onObjectEvent: (listener) => void listeners.push(listener),
    addSchedule: () => {},
    onReady: (task) => void tasks.push(task),
    // Tasks that are added by tasks run after them.
    onOpen: (task) => void tasks.push(task),
    onStop: (task) => void stops.push(task),
    fail(reason) {
      throw reason;
    },
    async provision(provider, type, name, inputs) {
      if (!provider) throw new Error(`There is no provider for ${type}.`);
      const request = {
        urn: `urn:pulumi:test::app::${type}::${name}`,
        type,
        name,
        parent: undefined,
        inputs,
      };
      const provisioned = await provider(request, this);
      resources.push({ ...request, id: provisioned.id, state: { ...inputs, ...provisioned.state } });
      return provisioned;
    },
    build(functionId, source, changes = {}) {
      const bundle = path.join(folder, functionId);
      mkdirSync(bundle);
      writeFileSync(path.join(bundle, "index.mjs"), source);
      builds.set(functionId, {
        functionId,
        handler: `src/${functionId}.handler`,
        bundle: undefined,
        runtime: "nodejs24.x",
        links: {},
        copiesFiles: false,
        installs: [],
        folder: bundle,
        builtHandler: "index.handler",
        sources: [],
        ...changes,
      });
    },
    async open() {
      for (const task of tasks) await task();
    },
    emitObjectEvent(event) {
      for (const listener of listeners) listener(event);
    },
    async stop() {
      for (const stop of stops.splice(0).reverse()) await stop();
    },
  };
}

/** A queue of the engine that a test reads. */
export async function createTestQueue(endpoints: Pick<Endpoints, "sqs">, name: string) {
  const client = new SQSClient(clientSettings(endpoints.sqs));
  await client.send(new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: "30" } }));
  const arn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
  return {
    arn,
    /** The bodies of the messages that come within 15 seconds, as JSON; none when the wait is 0 and none is there. */
    async receive(waitSeconds = 15): Promise<Record<string, unknown>[]> {
      const { Messages } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl(endpoints, arn),
          WaitTimeSeconds: waitSeconds,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ["All"],
        }),
      );
      return (Messages ?? []).map(({ Body }) => JSON.parse(Body ?? "null"));
    },
  };
}
