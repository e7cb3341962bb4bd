import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Log } from "../cloud.ts";
import type { Site } from "../synth.ts";

/** Folders that hold results, not sources. */
const RESULTS = new Set(["node_modules", ".next", ".open-next", ".local-cloud", ".sst"]);

/** How much of a failed build's output is shown. */
const SHOWN_LINES = 30;

/**
 * Builds a site with its own `build` script when what it is made from has
 * changed since the last build. The output goes to a file in the data folder.
 * @throws Error with the end of the output when the build fails
 */
export async function buildSite(options: {
  readonly site: Site;
  readonly root: string;
  readonly dataFolder: string;
  readonly log: Log;
}): Promise<void> {
  const { site, root, dataFolder, log } = options;
  const stamp = path.join(site.folder, ".next/local-cloud-sources");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hashSources(site.folder, root)) return;
  const startedAt = performance.now();
  log({ level: "info", source: site.name, message: "building the site, because its sources changed" });
  const output = path.join(dataFolder, `build-${site.name}.log`);
  mkdirSync(dataFolder, { recursive: true });
  const code = await runBuild(site.folder, root, output);
  if (code !== 0) {
    const end = readFileSync(output, "utf8").trimEnd().split("\n").slice(-SHOWN_LINES).join("\n");
    throw new Error(`The site ${site.name} could not be built (the whole output is in ${output}):\n${end}`);
  }
  // A build writes into the folder too (style sheets, types), so the hash is of what it left behind.
  writeFileSync(stamp, hashSources(site.folder, root));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  log({ level: "info", source: site.name, message: `built in ${seconds} s` });
}

function runBuild(folder: string, root: string, outputFile: string): Promise<number> {
  const child = spawn("npm", ["run", "build"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH}`,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
    },
  });
  const output = createWriteStream(outputFile);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => output.end(() => resolve(code ?? 1)));
  });
}

/** A hash of everything that a build reads: the site, the workspace packages that it uses, the lockfile. */
function hashSources(folder: string, root: string): string {
  const hash = createHash("sha256");
  const lockfile = path.join(root, "package-lock.json");
  if (existsSync(lockfile)) hash.update(readFileSync(lockfile));
  for (const source of [folder, ...workspacePackages(folder, root)]) {
    for (const file of listSources(source)) {
      hash.update(path.relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

/** Folders of the dependencies that are packages of the same repository: linked, not installed. */
function workspacePackages(folder: string, root: string): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(dependencies)
    .map((name) => path.join(root, "node_modules", name))
    .filter((link) => existsSync(link))
    .map((link) => realpathSync(link))
    .filter((target) => !target.includes(`${path.sep}node_modules${path.sep}`))
    .sort();
}

/** Files below a folder in a stable order. */
function listSources(folder: string): string[] {
  const files: string[] = [];
  const walk = (current: string) => {
    for (const entry of readdirSync(current, { withFileTypes: true })) {
      const full = path.join(current, entry.name);
      if (RESULTS.has(entry.name)) continue;
      if (entry.isDirectory()) walk(full);
      else if (entry.isFile()) files.push(full);
    }
  };
  walk(folder);
  return files.sort();
}
