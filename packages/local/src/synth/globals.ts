import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { platformFolder } from "./platform.ts";
import { type Pulumi, platformRequire } from "./pulumi.ts";

/** What `sst.config.ts` exports. */
export interface Config {
  app(input: { readonly stage: string }): Promise<AppConfig> | AppConfig;
  run(): Promise<Record<string, unknown> | undefined>;
}

interface AppConfig {
  readonly name: string;
  readonly removal?: "remove" | "retain" | "retain-all";
  readonly protect?: boolean;
  readonly providers?: Record<string, unknown>;
}

/** What SST's own sources export that the synthesis calls. */
export interface Sst {
  /** Changes the arguments of every component of one type before its constructor reads them. */
  transform(
    component: { readonly __pulumiType: string },
    change: (args: Record<string, unknown>, options: unknown, name: string) => void,
  ): void;
  /** Runs the program as a deployment does, with SST's own transformations. */
  run(program: Config["run"]): Promise<Record<string, unknown>>;
}

/**
 * Defines the global variables that `sst.config.ts` and SST's components
 * expect, as the SST command line does before a deployment.
 */
export async function loadConfig(
  root: string,
  stage: string,
  workFolder: string,
  pulumi: Pulumi,
): Promise<{ readonly config: Config; readonly app: AppConfig }> {
  const require = platformRequire(root);
  Object.assign(globalThis, {
    $dev: false,
    $cli: {
      command: "deploy",
      dev: false,
      paths: { home: workFolder, root, work: workFolder, platform: platformFolder(root) },
      state: { version: {} },
    },
    $config: (config: Config) => config,
    $util: pulumi,
    $output: pulumi.output,
    $apply: pulumi.apply,
    $resolve: pulumi.all,
    $interpolate: pulumi.interpolate,
    $concat: pulumi.concat,
    $jsonParse: pulumi.jsonParse,
    $jsonStringify: pulumi.jsonStringify,
    $secrets: {},
  });
  for (const { alias, name } of readProviders(root)) Object.assign(globalThis, { [alias]: require(name) });
  const { default: config } = (await import(pathToFileURL(path.join(root, "sst.config.ts")).href)) as {
    default: Config;
  };
  const app = await config.app({ stage });
  Object.assign(globalThis, {
    $app: {
      ...app,
      stage,
      removal: app.removal ?? "retain",
      providers: app.providers ?? {},
      protect: app.protect ?? false,
    },
  });
  return { config, app };
}

/** The providers that `sst install` found in the app. */
function readProviders(root: string): { readonly alias: string; readonly name: string }[] {
  const lock = JSON.parse(readFileSync(path.join(platformFolder(root), "../provider-lock.json"), "utf8")) as {
    readonly alias: string;
    readonly package: string;
  }[];
  return lock.map((provider) => ({ alias: provider.alias, name: provider.package }));
}

/** Loads the sources of SST's components. The globals of `loadConfig` must stand before. */
export async function loadSst(root: string): Promise<Sst> {
  const load = (file: string) => import(pathToFileURL(path.join(platformFolder(root), "src", file)).href);
  const components = await load("components/index.ts");
  const { $transform, $asset } = await load("components/component.ts");
  const { Link } = await load("components/link.ts");
  const { run } = await load("auto/run.ts");
  Object.assign(globalThis, { sst: components, $transform, $asset, $linkable: Link.makeLinkable });
  return { transform: $transform, run };
}
