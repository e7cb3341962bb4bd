/**
 * Runs one program of SST in a process of its own, started by `synth.ts`.
 *
 * A process of its own, because SST and Pulumi keep their state in globals
 * and modules (a second run needs a fresh process), because they change the
 * working directory, because their errors surface as unhandled rejections,
 * because they take 300 MB that nobody needs afterwards, and because a process
 * knows by itself when a program has come to rest: nothing is left to do.
 */
import { createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { enableCompileCache, flushCompileCache } from "node:module";
import path from "node:path";
import type { FunctionBuild } from "../cloud.ts";
import type { BuildParams } from "../function/bundle.ts";
import type { Provisioned, ProvisionRequest } from "../resource.ts";
import { Declarations } from "./declarations.ts";
import { type Config, loadConfig, loadSst, type Sst } from "./globals.ts";
import type { ChildMessage, ParentMessage, ProgramResult, Site, StartMessage } from "./messages.ts";
import { createMonitor } from "./monitor.ts";
import { platformFolder } from "./platform.ts";
import { maskOccurrences } from "./property.ts";
import { loadPulumi, type Pulumi } from "./pulumi.ts";
import { startRpcServer } from "./rpc-server.ts";
import { writeSitePlaceholder } from "./site-placeholder.ts";
import { findSourcePlace } from "./source-place.ts";

/** After a first mistake the program may run on for this long, so that others are told with it. */
const MORE_MISTAKES_MILLISECONDS = 300;

const waiting = new Map<number, (answer: unknown) => void>();
const mistakes: Error[] = [];
let lastQuestion = 0;

function tell(message: ChildMessage): void {
  process.send?.(message);
}

/**
 * Asks the parent, which ends this process when it cannot answer. The channel
 * keeps the process alive only while an answer is due.
 */
function ask(kind: "provision", body: ProvisionRequest): Promise<Provisioned>;
function ask(kind: "build", body: BuildParams): Promise<FunctionBuild>;
function ask(kind: "provision" | "build", body: ProvisionRequest | BuildParams): Promise<unknown> {
  const id = ++lastQuestion;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    process.channel?.ref();
    tell({ kind, id, body });
  });
}

function receive(message: ParentMessage): void {
  if (message.kind === "start") {
    main(message).catch(noteMistake);
    return;
  }
  const resolve = waiting.get(message.id);
  waiting.delete(message.id);
  if (waiting.size === 0) process.channel?.unref();
  resolve?.(message.value);
}

function noteMistake(reason: unknown): void {
  const mistake = reason instanceof Error ? reason : new Error(String(reason));
  if (mistakes.length === 0) setTimeout(giveUp, MORE_MISTAKES_MILLISECONDS);
  if (!mistakes.some(({ message }) => message === mistake.message)) mistakes.push(mistake);
}

function giveUp(): void {
  const message = mistakes
    .map((mistake) => {
      const place = findSourcePlace(mistake.stack, process.cwd());
      return place && !mistake.message.includes(place) ? `${mistake.message} (${place})` : mistake.message;
    })
    .join("\n");
  process.send?.({ kind: "failed", message } satisfies ChildMessage, () => process.exit(1));
}

async function main(start: StartMessage): Promise<void> {
  const { root, stage, workFolder } = start;
  process.chdir(root);
  // Pulumi brings the whole TypeScript compiler along; what was compiled before loads faster.
  enableCompileCache(path.join(platformFolder(root), "../compile-cache"));
  for (const file of [".env", `.env.${stage}`]) if (existsSync(file)) process.loadEnvFile(file);
  process.env.SST_AWS_REGION = "us-east-1";
  process.env.SST_SERVER = await startRpcServer((params) => ask("build", params));

  const { pulumi, protocol } = loadPulumi(root);
  const { config, app } = await loadConfig(root, stage, workFolder, pulumi);
  const sites: Site[] = [];
  const declarations = new Declarations(root);
  const { handlers, links, recorded } = createMonitor({
    protocol,
    app: app.name,
    stage,
    declaredAt: (type, name) => declarations.placeOf(type, name),
    provision: (request) => ask("provision", request),
    noteMistake,
    siteFolder: (folder) =>
      sites.find(({ placeholder }) => placeholder === path.resolve(root, folder))?.folder,
  });
  await pulumi.runtime.setMocks({}, app.name, stage, false, "organization");
  Object.assign(protocol.settings.getMonitor(), handlers);
  const sst = await loadSst(root);
  const secrets = giveSecrets(sst, start.secretSeed);
  replaceSites(sst, start, sites);

  let outputs: Record<string, unknown> | undefined;
  process.once("beforeExit", () => {
    if (mistakes.length > 0) return;
    const resources = recorded();
    for (const missing of declarations.without(resources)) {
      noteMistake(new Error(`${missing} waits for a value that never comes. Does it depend on itself?`));
    }
    if (!outputs) {
      noteMistake(
        new Error("The program ended before its `run` did: it waits for something that never comes."),
      );
    }
    if (!outputs || mistakes.length > 0) return;
    const { _protect, ...rest } = outputs;
    const result: ProgramResult = {
      app: { name: app.name, stage, removal: app.removal ?? "retain", protect: _protect === true },
      resources: resources.map((resource) => ({
        ...resource,
        maskedInputs: maskOccurrences(resource.maskedInputs, secrets) as Record<string, unknown>,
      })),
      links,
      outputs: rest,
      sites,
    };
    flushCompileCache();
    process.send?.({ kind: "done", result } satisfies ChildMessage, () => process.exit(0));
  });
  // From here on only open questions keep the process alive, besides what the program itself does.
  process.channel?.unref();
  outputs = await runProgram(pulumi, sst, config, declarations);
}

function runProgram(pulumi: Pulumi, sst: Sst, config: Config, declarations: Declarations) {
  return pulumi.runtime.runInPulumiStack(() => {
    pulumi.runtime.registerStackTransformation((declaration) => {
      declarations.add(declaration);
      return undefined;
    });
    return sst.run(config.run.bind(config));
  });
}

/**
 * Gives each secret that has neither a value (`SST_SECRET_<Name>`) nor a
 * placeholder one that follows from the seed and its name.
 */
function giveSecrets(sst: Sst, seed: string): string[] {
  const secrets: string[] = [];
  sst.transform({ __pulumiType: "sst:sst:Secret" }, ({ placeholder }, _options, name) => {
    const variable = `SST_SECRET_${name}`;
    if (placeholder === undefined) {
      process.env[variable] ??= createHmac("sha256", seed).update(name).digest("base64url");
    }
    if (process.env[variable]) secrets.push(process.env[variable]);
  });
  return secrets;
}

/** Lets every Next.js site find a small generated build output in place of its own, unless that is built. */
function replaceSites(sst: Sst, { root, workFolder, siteOutput }: StartMessage, sites: Site[]): void {
  sst.transform({ __pulumiType: "sst:aws:Nextjs" }, (args, _options, name) => {
    const folder = path.resolve(root, (args.path as string | undefined) ?? ".");
    if (siteOutput === "built") {
      sites.push({ name, folder, placeholder: folder });
      return;
    }
    const placeholder = path.join(workFolder, "sites", name);
    writeSitePlaceholder(folder, placeholder, siteOutput);
    sites.push({ name, folder, placeholder });
    args.path = path.relative(root, placeholder);
  });
}

// Enough to find the line of the program that declared a component.
Error.stackTraceLimit = 60;
process.on("unhandledRejection", noteMistake);
process.on("uncaughtException", noteMistake);
process.on("message", receive);
process.on("disconnect", () => process.exit(1));
tell({ kind: "ready" });
