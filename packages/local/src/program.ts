import path from "node:path";
import { stop as stopBundler } from "esbuild";
import type { Cloud, FunctionBuild } from "./cloud.ts";
import type { BuildParams } from "./function/bundle.ts";
import { bundleShared } from "./function/shared-bundle.ts";
import { provision } from "./provider/registry.ts";
import { randomSecret } from "./random-secret.ts";
import type { Resource } from "./resource.ts";
import { type Synthesis, synthesize } from "./synth.ts";

/** The build of a site is a resource too, and the slowest. */
const BUILD_SECONDS = 900;

/** The app's program while it runs, and what it has declared so far. */
export interface Program {
  readonly resources: readonly Resource[];
  readonly builds: ReadonlyMap<string, FunctionBuild>;
  /** By function: bundles it anew, in the folder where it was. */
  readonly rebuilds: ReadonlyMap<string, () => Promise<FunctionBuild>>;
  readonly synthesis: Promise<Synthesis>;
}

/**
 * Runs the app's program, in a process of its own that needs 2 s to load:
 * it may start before the cloud is there, whose promise the first resource
 * waits for.
 */
export function runProgram(options: {
  readonly root: string;
  readonly stage: string;
  readonly dataFolder: string;
  /** True when the program builds its sites itself, see `Cloud`. */
  readonly production: boolean;
  readonly cloud: Promise<Cloud>;
}): Program {
  const { root, stage, dataFolder, production } = options;
  const resources: Resource[] = [];
  const builds = new Map<string, FunctionBuild>();
  const rebuilds = new Map<string, () => Promise<FunctionBuild>>();
  const functionsFolder = path.join(dataFolder, "functions");
  const bundle = (params: BuildParams, replaces: boolean) =>
    bundleShared(params, { root, folder: functionsFolder, replaces });
  const synthesis = synthesize({
    root,
    stage,
    workFolder: path.join(dataFolder, "synthesis"),
    secretSeed: randomSecret(dataFolder).toString("hex"),
    ...(production ? { siteOutput: "built", provisionTimeoutSeconds: BUILD_SECONDS } : {}),
    async provision(request) {
      const { id, state } = await provision(request, await options.cloud);
      resources.push({ ...request, id, state: { ...request.inputs, ...state } });
      return { id, state };
    },
    async build(params) {
      const build = await bundle(params, true);
      builds.set(build.functionId, build);
      // Bundles are only added to while functions run from them.
      rebuilds.set(build.functionId, () => bundle(params, false));
      return build;
    },
    // The bundler's process holds 360 MB. A later bundling starts another by itself.
  }).finally(() => stopBundler());
  // Whoever waits for it gets the error; nobody does when the engines fail first.
  synthesis.catch(() => {});
  return { resources, builds, rebuilds, synthesis };
}
