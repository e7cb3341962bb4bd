import { createRequire } from "node:module";
import path from "node:path";
import type { FunctionDefinition, Log } from "../cloud.ts";
import { functionVariables } from "../function/variables.ts";
import { supervise } from "../supervise.ts";
import type { Site } from "../synth.ts";
import { buildSite } from "./build.ts";

/** A first `next dev` on a slow machine takes its time; a built site is there in a second. */
const READY_WITHIN_SECONDS = 120;
/** The front door keeps its connections; the site must not close one in the moment in which it is used. */
const KEEP_ALIVE_MS = 75_000;
/** What of a site's output is shown at once: errors of pages and of the compiler. */
const IS_TROUBLE = /⨯|⚠|\b\w*Error\b|warning/i;

export interface RunningSite {
  /** `http://127.0.0.1:<port>`, for the front door only. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Serves a Next.js site by Next.js itself, with the environment and the links
 * of the function that serves it on AWS: `next start` over a build that is made
 * again when a source changed, or the site's own `dev` script.
 * @throws Error with one sentence when the build fails or the site does not answer
 */
export async function startSite(options: {
  readonly site: Site;
  /** The function that serves the site on AWS. */
  readonly server: FunctionDefinition;
  readonly root: string;
  readonly dataFolder: string;
  readonly port: number;
  readonly watch: boolean;
  /** Variables that lead the AWS SDK to the engines. */
  readonly engineVariables: Readonly<Record<string, string>>;
  readonly log: Log;
  onGone(reason: Error): void;
}): Promise<RunningSite> {
  const { site, server, root, dataFolder, port, watch, log } = options;
  const environment = siteVariables(options);
  if (!watch) {
    // Without SST's key, which is made anew at times and only opens what `SST_RESOURCES_JSON` holds here.
    const { SST_KEY: _, SST_KEY_FILE: __, ...variables } = server.environment;
    const declared = { ...variables, links: JSON.stringify(server.links) };
    const { name, folder } = site;
    const build = { name, folder, command: "npm run build", output: ".next" } as const;
    await buildSite({ ...build, root, dataFolder, environment, declared, log });
  }
  const listening = ["--hostname", "127.0.0.1", "--port", String(port)];
  const next = createRequire(path.join(site.folder, "package.json")).resolve("next/dist/bin/next");
  const child = await supervise({
    name: `the site ${site.name}`,
    ...(watch
      ? { command: "npm", args: ["run", "dev", "--", ...listening] }
      : {
          command: process.execPath,
          args: [next, "start", ...listening, "--keepAliveTimeout", String(KEEP_ALIVE_MS)],
        }),
    cwd: site.folder,
    environment,
    readyWithinSeconds: READY_WITHIN_SECONDS,
    isReady: () => answers(port),
    log: (line) =>
      log(line.level === "debug" && IS_TROUBLE.test(line.message) ? { ...line, level: "warn" } : line),
    onGone: options.onGone,
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => child.stop() };
}

function siteVariables({
  server,
  root,
  watch,
  engineVariables,
}: Parameters<typeof startSite>[0]): Record<string, string> {
  const folders = [path.dirname(process.execPath), path.join(root, "node_modules/.bin"), process.env.PATH];
  return {
    ...functionVariables(server, engineVariables),
    // Programs of the project's own Node and packages are found as in a terminal.
    PATH: folders.join(path.delimiter),
    HOME: process.env.HOME ?? "/",
    NODE_ENV: watch ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** Any HTTP answer will do: what the site says to an address of its own is not known here. */
async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/_next/static/local-cloud-is-waiting`, {
      method: "HEAD",
      signal: AbortSignal.timeout(5_000),
    });
    return true;
  } catch {
    return false; // Refused until the site listens.
  }
}
