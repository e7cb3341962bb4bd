import path from "node:path";
import { stop as stopBundler } from "esbuild";
import type { Cloud, Endpoints, FunctionBuild, FunctionService, Log } from "./cloud.ts";
import { type DataFolder, takeDataFolder } from "./data-folder.ts";
import { watchSpace } from "./disk.ts";
import { startS3Guard } from "./engine/s3-guard.ts";
import { type Engines, startEngines } from "./engines.ts";
import { rewriteAddresses } from "./front-door/address.ts";
import { openFrontDoor } from "./front-door/front-door.ts";
import { type BuildParams, bundleFunction } from "./function/bundle.ts";
import { createDestinations } from "./function/destination.ts";
import { startInvokeApi } from "./function/invoke-api.ts";
import { createFunctionService } from "./function/service.ts";
import { engineVariables } from "./function/variables.ts";
import { watchFunctions } from "./function/watch.ts";
import { logToFile } from "./log-file.ts";
import { mailSender } from "./mail.ts";
import { provision } from "./provider/registry.ts";
import { randomSecret } from "./random-secret.ts";
import type { Resource } from "./resource.ts";
import { publishEnvironment, shellVariables } from "./shell.ts";
import { startSites } from "./site/sites.ts";
import { createStops, type Stops } from "./stops.ts";
import { ensurePlatform } from "./synth/platform.ts";
import { type App, synthesize } from "./synth.ts";
import { startUserPools } from "./user-pool/server.ts";

const PREFERRED_PORT = 3000;

export interface StartOptions {
  /** Absolute path of the folder that holds `sst.config.ts`. */
  readonly root: string;
  readonly stage: string;
  /** True for development: functions are rebuilt on change, sites run their development server. */
  readonly watch: boolean;
  /** Port of the front door, default 3000; when it is taken, the next free one. */
  readonly port?: number;
  /** Ends a start that is not done: it rejects, and what had been started is stopped. */
  readonly signal?: AbortSignal;
  readonly log: Log;
  /** Called when a step begins; the answer is called at its end with what came out. */
  step(name: string): (outcome?: string) => void;
}

export interface RunningCloud {
  readonly app: App;
  /** Address of the whole app, without a trailing slash. */
  readonly frontDoorUrl: string;
  /** What the program's `run` returned. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly endpoints: Endpoints;
  /** Linked resources by name, as `Resource.<Name>` reads them. */
  readonly links: Readonly<Record<string, unknown>>;
  readonly resources: readonly Resource[];
  readonly functions: FunctionService;
  /** Variables that a command needs to reach all of it, see `shellVariables`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Process id of the table engine now, for tests that kill it. */
  tableEnginePid(): number;
  /** Resolves with the reason when the cloud cannot go on, for instance because an engine is gone for good. */
  readonly failed: Promise<Error>;
  stop(): Promise<void>;
}

/**
 * Starts everything that the app's `sst.config.ts` declares, on this machine.
 * @throws Error with one sentence that says what is wrong; what had been started is stopped
 */
export async function startCloud(options: StartOptions): Promise<RunningCloud> {
  await ensurePlatform(options.root, (message) => options.log({ level: "info", source: "sst", message }));
  const data = takeDataFolder(options.root);
  const stops = createStops(options.log);
  stops.add(() => data.release());
  const file = logToFile(path.join(data.path, "last-run.log"), options.log);
  stops.add(() => file.close());
  stops.add(watchSpace(data.path, file.log));
  const { promise: failed, resolve: fail } = Promise.withResolvers<Error>();
  const abort = () => fail(new Error("The start was ended."));
  options.signal?.addEventListener("abort", abort);
  try {
    const parts = { ...options, log: file.log, data, stops, fail };
    const started = await Promise.race([start(parts), failed]);
    if (started instanceof Error) throw started;
    return { ...started, failed, stop: () => stops.run() };
  } catch (error) {
    await stops.run();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}

interface Parts extends StartOptions {
  readonly data: DataFolder;
  readonly stops: Stops;
  fail(reason: Error): void;
}

/** Makes the parts in the order in which they need each other; each one adds how it is stopped. */
async function start(parts: Parts): Promise<Omit<RunningCloud, "failed" | "stop">> {
  const { root, stage, watch, data, stops, log, fail } = parts;

  const enginesAreUp = parts.step("Engines");
  const engines = await startEngines(data, { log, onGone: fail });
  stops.add(() => engines.stop());
  const frontDoor = await openFrontDoor({ preferredPort: parts.port ?? PREFERRED_PORT, log });
  stops.add(() => frontDoor.stop());
  const { endpoints, functions, destinations, userPools } = await startServices(parts, engines);
  enginesAreUp("tables, objects, queues, mails, people");

  const programHasRun = parts.step("Program");
  const readyTasks: (() => Promise<void> | void)[] = [];
  const openTasks: (() => Promise<void> | void)[] = [];
  const resources: Resource[] = [];
  const builds = new Map<string, FunctionBuild>();
  const cloud: Cloud = {
    root,
    dataFolder: data.path,
    stage,
    watch,
    endpoints,
    frontDoorUrl: frontDoor.url,
    functions,
    destinations,
    userPools,
    port: data.port,
    builds,
    resources,
    log,
    onObjectEvent: (listener) => stops.add(engines.s3.onEvent(listener)),
    onReady: (task) => void readyTasks.push(task),
    onOpen: (task) => void openTasks.push(task),
    onStop: stops.add,
    fail,
  };
  const bundle = (params: BuildParams) =>
    bundleFunction(params, { root, folder: path.join(data.path, "functions") });
  const rebuilds = new Map<string, () => Promise<FunctionBuild>>();
  const synthesis = await synthesize({
    root,
    stage,
    workFolder: path.join(data.path, "synthesis"),
    secretSeed: randomSecret(data.path).toString("hex"),
    async provision(request) {
      const { id, state } = await provision(request, cloud);
      resources.push({ ...request, id, state: { ...request.inputs, ...state } });
      return { id, state };
    },
    async build(params) {
      const build = await bundle(params);
      builds.set(build.functionId, build);
      rebuilds.set(build.functionId, () => bundle(params));
      return build;
    },
  });
  // The bundler's process holds 360 MB. A later bundling starts another by itself.
  await stopBundler();
  programHasRun(`${resources.length} resources, ${builds.size} functions`);

  const partsAreReady = parts.step("Connections");
  for (const task of readyTasks) await task();
  partsAreReady();

  const sites = synthesis.sites.map(({ name }) => name);
  const sitesAreReady = sites.length > 0 ? parts.step("Site") : () => {};
  frontDoor.serve(cloud, await startSites(synthesis.sites, cloud));
  sitesAreReady(sites.join(", "));

  if (watch) stops.add(watchFunctions({ builds: builds.values(), rebuilds, functions, log }));
  for (const task of openTasks) await task();

  const { app } = synthesis;
  const links = rewriteAddresses(synthesis.links, cloud);
  const variables = shellVariables({ app, endpoints, links, frontDoorUrl: frontDoor.url });
  stops.add(publishEnvironment(root, variables));
  return {
    app,
    frontDoorUrl: frontDoor.url,
    outputs: rewriteAddresses(synthesis.outputs, cloud),
    endpoints,
    links,
    resources,
    functions,
    variables,
    tableEnginePid: () => engines.dynamodb.pid,
  };
}

/** What stands on the engines and is there before the program declares anything. */
async function startServices({ data, stops, log }: Parts, engines: Engines) {
  const cognitoPort = await data.port("cognito");
  const lambdaPort = await data.port("lambda");
  const guard = await startS3Guard({ target: engines.s3.url, port: await data.port("s3"), log });
  stops.add(() => guard.stop());
  const endpoints: Endpoints = {
    dynamodb: engines.dynamodb.url,
    s3: guard.url,
    sqs: engines.sqs.url,
    ses: engines.ses.url,
    cognito: `http://127.0.0.1:${cognitoPort}`,
    lambda: `http://127.0.0.1:${lambdaPort}`,
  };
  const destinations = createDestinations(endpoints, {
    invokeAsync: (nameOrArn, event) => functions.invokeAsync(nameOrArn, event),
  });
  stops.add(() => destinations.stop());
  const functions = createFunctionService({
    baseEnvironment: () => engineVariables(endpoints),
    destinations,
    log,
  });
  stops.add(() => functions.stop());
  const invokeApi = await startInvokeApi({ functions, port: lambdaPort });
  stops.add(() => invokeApi.stop());
  const userPools = await startUserPools({
    dataFolder: data.path,
    port: cognitoPort,
    sendMail: mailSender(engines.ses.url),
    invokeTrigger: functions.invoke,
    log,
  });
  stops.add(() => userPools.stop());
  return { endpoints, functions, destinations, userPools };
}
