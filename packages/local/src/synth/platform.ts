import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { takeLock } from "../lock-file.ts";

const LOCK_POLL_MS = 250;

/**
 * Folder of SST's component sources and their dependencies, which
 * `sst install` makes. An app inside another app's folder that has none of its
 * own uses the outer one's.
 */
export function platformFolder(root: string): string {
  let folder = root;
  while (!existsSync(path.join(folder, ".sst/platform"))) {
    const parent = path.dirname(folder);
    if (parent === folder) return path.join(root, ".sst/platform");
    folder = parent;
  }
  return path.join(folder, ".sst/platform");
}

/** Written after everything else, so that an install that was cut off is not taken for a whole one. */
function stampFile(root: string): string {
  return path.join(platformFolder(root), "../platform-complete");
}

/** The installed package of SST: its folder and version. */
function findSst(root: string): { readonly folder: string; readonly version: string } {
  const file = findPackageJSON("sst", path.join(root, "sst.config.ts"));
  if (!file) throw new Error(`The package "sst" is not installed for ${root}.`);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return { folder: path.dirname(file), version };
}

/**
 * Makes sure that `.sst/platform` stands, as `sst install` leaves it for the
 * installed version of SST. A second call returns at once.
 *
 * Nearly all of its time is `npm install` of the platform's own packages
 * (the AWS provider alone is 150 MB unpacked). Development dependencies of the
 * platform, audits and funding notes are left out; packages that npm has in
 * its cache are not asked for again. While another process installs them, it
 * waits for that one.
 *
 * @param progress is told in one short line what takes long
 * @throws Error with the output of `sst install` when it fails
 */
export async function ensurePlatform(root: string, progress: (line: string) => void): Promise<void> {
  const { version: wanted } = findSst(root);
  if (await isComplete(root, wanted)) return;
  const lock = path.join(platformFolder(root), "../platform-lock");
  await mkdir(path.dirname(lock), { recursive: true });
  // Two installations into one folder leave parts of each.
  for (let polls = 0; !takeLock(lock); polls++) {
    if (polls === 0) progress("Another process installs SST's components; waiting for it …");
    await setTimeout(LOCK_POLL_MS);
  }
  try {
    if (!(await isComplete(root, wanted))) await install(root, wanted, progress);
  } finally {
    await rm(lock);
  }
}

async function isComplete(root: string, wanted: string): Promise<boolean> {
  return existsSync(stampFile(root)) && (await readFile(stampFile(root), "utf8")) === wanted;
}

async function install(root: string, wanted: string, progress: (line: string) => void): Promise<void> {
  progress(`Installing the components of SST ${wanted} (about 350 MB, once) …`);
  const startedAt = performance.now();
  await runSst(root, ["install", "--stage", "local"], {
    // Without this even this command downloads Pulumi.
    SST_SKIP_DEPENDENCY_CHECK: "1",
    npm_config_omit: "dev",
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_prefer_offline: "true",
  });
  await writeFile(stampFile(root), wanted);
  progress(`SST's components are installed (${Math.round((performance.now() - startedAt) / 1000)} s).`);
}

/**
 * Runs SST's own command line in the folder of an app.
 * @returns what it printed
 * @throws Error with what it printed when it fails
 */
export function runSst(
  root: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, [path.join(findSst(root).folder, "bin/sst.mjs"), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      SST_TELEMETRY_DISABLED: "1",
      SST_NO_BUN: "1",
      ...variables,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`"sst ${args.join(" ")}" failed with exit code ${code}:\n${output.trim()}`));
    });
  });
}
