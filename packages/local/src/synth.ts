import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { FunctionBuild } from "./cloud.ts";
import type { BuildParams } from "./function/bundle.ts";
import type { Provisioned, ProvisionRequest } from "./resource.ts";
import type { ChildMessage, ParentMessage, ProgramResult, Question, SiteOutput } from "./synth/messages.ts";
import { platformFolder } from "./synth/platform.ts";

export type { Site } from "./synth/messages.ts";
export type { App } from "./synth/recording.ts";

export interface SynthesisOptions {
  /** Absolute path of the folder that holds `sst.config.ts`. `.sst/platform` must stand there, see `ensurePlatform`. */
  readonly root: string;
  readonly stage: string;
  /** Absolute path below the root for zips and placeholders of sites. Two syntheses at a time need two. */
  readonly workFolder: string;
  /** Secrets without a value and without a placeholder get one that follows from this text and their name. */
  readonly secretSeed: string;
  /**
   * Makes a resource real. Called once for each, as soon as everything is known
   * that its inputs depend on; independent resources are asked for at the same time.
   */
  provision(request: ProvisionRequest): Promise<Provisioned>;
  build(params: BuildParams): Promise<FunctionBuild>;
  /** Default `server`: the site is served by Next.js itself. */
  readonly siteOutput?: SiteOutput;
  /** Seconds that one provisioning may take, default 120. */
  readonly provisionTimeoutSeconds?: number;
}

export interface Synthesis extends ProgramResult {
  /** Answered builds by SST's component name of the function. */
  readonly builds: ReadonlyMap<string, FunctionBuild>;
}

/** A program that did not come to its end. The message says why, one line for each mistake. */
export class SynthesisError extends Error {
  override readonly name = "SynthesisError";
}

/**
 * Runs the `sst.config.ts` of an app with SST's real components, but without
 * Pulumi's engine and without AWS: what the program declares is handed to
 * `provision`, and the program goes on with what that answers.
 *
 * The program runs in a process of its own (see `synth/child.ts`), so this may
 * be called as often as wanted. It needs about 2 s, and the time of the
 * slowest chain of resources.
 *
 * @throws SynthesisError on the first mistake: one that the program or a
 * component found, a resource that could not be provisioned, a function that
 * could not be bundled. Nothing is undone.
 */
export async function synthesize(options: SynthesisOptions): Promise<Synthesis> {
  if (!existsSync(platformFolder(options.root))) {
    throw new SynthesisError("The components of SST are not installed: run `local-cloud install`.");
  }
  const builds = new Map<string, FunctionBuild>();
  const child = fork(path.join(import.meta.dirname, "synth/child.ts"), {
    execArgv: ["--import", import.meta.resolve("tsx")],
    // What the program prints must not mix with what a command prints for other programs.
    stdio: ["ignore", 2, 2, "ipc"],
  });
  try {
    const result = await new Promise<ProgramResult>((resolve, reject) => {
      const fail = (message: string) => reject(new SynthesisError(message));
      child.on("error", reject);
      child.on("exit", (code, signal) =>
        fail(`The synthesis ended with ${signal ?? `code ${code}`} and no result.`),
      );
      child.on("message", (message: ChildMessage) => {
        if (message.kind === "ready") start(child, options);
        else if (message.kind === "done") resolve(message.result);
        else if (message.kind === "failed") fail(message.message);
        else {
          answer(message, options, builds).then(
            (value) => send(child, { kind: "answer", id: message.id, value }),
            (error: Error) => fail(error.message),
          );
        }
      });
    });
    return { ...result, builds };
  } finally {
    child.removeAllListeners();
    child.kill("SIGKILL");
  }
}

function start(
  child: ChildProcess,
  { root, stage, workFolder, secretSeed, siteOutput }: SynthesisOptions,
): void {
  send(child, { kind: "start", root, stage, workFolder, secretSeed, siteOutput: siteOutput ?? "server" });
}

function send(child: ChildProcess, message: ParentMessage): void {
  if (child.connected) child.send(message);
}

async function answer(
  { kind, body }: Question,
  options: SynthesisOptions,
  builds: Map<string, FunctionBuild>,
): Promise<Provisioned | FunctionBuild> {
  if (kind === "build") {
    const params = body as BuildParams;
    const built = await options.build(params);
    builds.set(params.functionID, built);
    return built;
  }
  return provision(body as ProvisionRequest, options);
}

/** Names the resource, its component and the line that declared it in every error. */
async function provision(request: ProvisionRequest, options: SynthesisOptions): Promise<Provisioned> {
  const limitSeconds = options.provisionTimeoutSeconds ?? 120;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`nothing came back within ${limitSeconds} s.`)),
      limitSeconds * 1000,
    );
  });
  try {
    return await Promise.race([options.provision(request), tooLate]);
  } catch (error) {
    throw new Error(`${describe(request)} could not be provisioned: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

function describe({ type, name, parent, declaredAt }: ProvisionRequest): string {
  const [qualifiedType, component] = parent?.split("::").slice(2) ?? [];
  const owner = component ? ` of ${qualifiedType?.split("$").at(-1)} "${component}"` : "";
  return `${type} "${name}"${owner}${declaredAt ? ` (${declaredAt})` : ""}`;
}
