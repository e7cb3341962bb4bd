import { createRequire } from "node:module";
import path from "node:path";
import type { FunctionDefinition, Log } from "../cloud.ts";
import { functionVariables } from "../function/variables.ts";
import { supervise } from "../supervise.ts";
import type { Site } from "../synth.ts";
import { buildSite } from "./build.ts";

/** A first `next dev` on a slow machine takes its time; a built site is there in a second. */
const READY_WITHIN_SECONDS = 60;

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
  const { site, server, root, port, watch, log } = options;
  if (!watch) await buildSite({ site, root, dataFolder: options.dataFolder, log });
  const environment = {
    ...functionVariables(server, options.engineVariables),
    // Programs of the project's own Node and packages are found as in a terminal.
    PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH}`,
    HOME: process.env.HOME ?? "/",
    NODE_ENV: watch ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(port),
    HOSTNAME: "127.0.0.1",
  };
  const next = createRequire(path.join(site.folder, "package.json")).resolve("next/dist/bin/next");
  const child = await supervise({
    name: `the site ${site.name}`,
    ...(watch
      ? { command: "npm", args: ["run", "dev", "--silent"] }
      : { command: process.execPath, args: [next, "start", "--hostname", "127.0.0.1"] }),
    cwd: site.folder,
    environment,
    readyWithinSeconds: READY_WITHIN_SECONDS,
    isReady: () => answers(port),
    log,
    onGone: options.onGone,
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => child.stop() };
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
