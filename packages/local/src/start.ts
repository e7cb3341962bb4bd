import path from "node:path";
import type { Cloud, Endpoints, FunctionService, Log } from "./cloud.ts";
import { createConsole } from "./console/console.ts";
import { createJournal } from "./console/journal.ts";
import { type DataFolder, takeDataFolder } from "./data-folder.ts";
import { watchSpace } from "./disk.ts";
import { createFaults, type Faults } from "./fault/faults.ts";
import type { FaultPlan } from "./fault/plan.ts";
import { rewriteAddresses } from "./front-door/address.ts";
import { keepCertificate } from "./front-door/certificate-file.ts";
import { openFrontDoor } from "./front-door/front-door.ts";
import { watchFunctions } from "./function/watch.ts";
import type { Iam } from "./iam/iam.ts";
import { logToFile } from "./log-file.ts";
import type { RunningSchedule } from "./mapping/schedule-target.ts";
import { runProgram } from "./program.ts";
import type { Resource } from "./resource.ts";
import { startServices } from "./services.ts";
import { publishEnvironment, shellVariables } from "./shell.ts";
import { startSites } from "./site/sites.ts";
import { createStops, type Stops } from "./stops.ts";
import { ensurePlatform } from "./synth/platform.ts";
import type { App } from "./synth.ts";

const PREFERRED_PORT = 3000;

export interface StartOptions {
  /** Absolute path of the folder that holds `sst.config.ts`. */
  readonly root: string;
  readonly stage: string;
  /** True for development: functions are rebuilt on change, sites run their development server. */
  readonly watch: boolean;
  /** True for the deployed shape: sites are bundled for Lambda and run as functions. Not with `watch`. */
  readonly production?: boolean;
  /** True starts a real OpenSearch for search domains, which takes Java 21 and Maven. */
  readonly opensearch?: boolean;
  /** What goes wrong on purpose, once `faults.begin()` was called. */
  readonly faults?: FaultPlan;
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
  /** The page that shows what runs, for instance `http://127.0.0.1:3000/_tiny`. */
  readonly consoleUrl: string;
  /** What the program's `run` returned. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly endpoints: Endpoints;
  /** Linked resources by name, as `Resource.<Name>` reads them. */
  readonly links: Readonly<Record<string, unknown>>;
  readonly resources: readonly Resource[];
  readonly functions: FunctionService;
  readonly iam: Pick<Iam, "evidence" | "unused">;
  /** What has gone wrong on purpose so far; `undefined` without a plan. */
  readonly faults: Pick<Faults, "begin" | "counts" | "end"> | undefined;
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
  const { root, stage, watch, production = false, data, stops, log, fail } = parts;
  if (watch && production) throw new Error("What is bundled for deployment cannot be reloaded on change.");
  const { promise: whenThere, resolve: isThere, reject: isNotThere } = Promise.withResolvers<Cloud>();
  const program = runProgram({ root, stage, dataFolder: data.path, production, cloud: whenThere });
  stops.add(() => isNotThere(new Error("The start was ended.")));
  whenThere.catch(() => {}); // The program gets the error, if it still runs.

  const faults = parts.faults && createFaults(parts.faults);
  const enginesAreUp = parts.step("Engines");
  const certificate = keepCertificate(data.path);
  const frontDoor = await openFrontDoor({ preferredPort: parts.port ?? PREFERRED_PORT, certificate, log });
  stops.add(() => frontDoor.stop());
  const journal = createJournal();
  const { engines, ...services } = await startServices({
    ...parts,
    frontDoor,
    certificate,
    resources: program.resources,
    faults,
    observer: journal,
  });
  enginesAreUp("tables, objects, queues, mails, people");
  // Added before what the program declares: event sources stop first, because their functions call sites.
  const siteStops = createStops(log);
  stops.add(() => siteStops.run());

  const programHasRun = parts.step("Program");
  const readyTasks: (() => Promise<void> | void)[] = [];
  const openTasks: (() => Promise<void> | void)[] = [];
  const schedules: RunningSchedule[] = [];
  const { resources, builds, rebuilds } = program;
  const cloud: Cloud = {
    ...services,
    root,
    dataFolder: data.path,
    stage,
    watch,
    production,
    frontDoorUrl: frontDoor.url,
    port: data.port,
    builds,
    resources,
    log,
    onObjectEvent: (listener) => stops.add(engines.s3.onEvent(listener)),
    addSchedule: (schedule) => void schedules.push(schedule),
    onReady: (task) => void readyTasks.push(task),
    onOpen: (task) => void openTasks.push(task),
    onStop: stops.add,
    fail,
  };
  isThere(cloud);
  const { app, sites, links: declaredLinks, outputs } = await program.synthesis;
  programHasRun(`${resources.length} resources, ${builds.size} functions`);

  const partsAreReady = parts.step("Connections");
  for (const task of readyTasks) await task();
  partsAreReady();

  // Bundled sites are functions like all others.
  const served = production ? [] : sites;
  const sitesAreReady = served.length > 0 ? parts.step("Site") : () => {};
  const siteUrlOf = await startSites(served, { ...cloud, onStop: siteStops.add });
  const page = createConsole({ cloud, appName: app.name, journal, schedules });
  frontDoor.serve(cloud, siteUrlOf, page);
  sitesAreReady(served.map(({ name }) => name).join(", "));

  const { endpoints, functions } = services;
  if (watch) stops.add(watchFunctions({ builds: builds.values(), rebuilds, functions, log }));
  for (const task of openTasks) await task();

  const links = rewriteAddresses(declaredLinks, cloud);
  const variables = shellVariables({ app, endpoints, links, frontDoorUrl: frontDoor.url });
  stops.add(publishEnvironment(root, variables));
  return {
    app,
    frontDoorUrl: frontDoor.url,
    consoleUrl: frontDoor.url + page.path,
    outputs: rewriteAddresses(outputs, cloud),
    endpoints,
    links,
    resources,
    functions,
    iam: services.iam,
    faults,
    variables,
    tableEnginePid: () => engines.dynamodb.pid,
  };
}
