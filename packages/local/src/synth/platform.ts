import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** Folder of SST's component sources and their dependencies, which `sst install` makes. */
export function platformFolder(root: string): string {
  return path.join(root, ".sst/platform");
}

/** Written after everything else, so that an install that was cut off is not taken for a whole one. */
function stampFile(root: string): string {
  return path.join(root, ".sst/platform-complete");
}

function wantedStamp(root: string): string {
  const require = createRequire(path.join(root, "package.json"));
  const { version } = JSON.parse(readFileSync(require.resolve("sst/package.json"), "utf8")) as {
    version: string;
  };
  return version;
}

/**
 * Makes sure that `.sst/platform` stands, as `sst install` leaves it for the
 * installed version of SST. A second call returns at once.
 *
 * Nearly all of its time is `npm install` of the platform's own 500 packages
 * (the AWS provider alone is 150 MB unpacked). Development dependencies of the
 * platform, audits and funding notes are left out; packages that npm has in
 * its cache are not asked for again.
 *
 * @param progress is told in one short line what takes long
 * @throws Error with the output of `sst install` when it fails
 */
export async function ensurePlatform(root: string, progress: (line: string) => void): Promise<void> {
  const wanted = wantedStamp(root);
  if (existsSync(stampFile(root)) && (await readFile(stampFile(root), "utf8")) === wanted) return;
  progress(`Installing the components of SST ${wanted} (about 350 MB, once) …`);
  const startedAt = performance.now();
  await runInstall(root);
  await writeFile(stampFile(root), wanted);
  progress(`SST's components are installed (${Math.round((performance.now() - startedAt) / 1000)} s).`);
}

function runInstall(root: string): Promise<void> {
  const require = createRequire(path.join(root, "package.json"));
  const cli = path.join(path.dirname(require.resolve("sst/package.json")), "bin/sst.mjs");
  const child = spawn(process.execPath, [cli, "install", "--stage", "local"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      // Without the first of these even this command downloads Pulumi.
      SST_SKIP_DEPENDENCY_CHECK: "1",
      SST_TELEMETRY_DISABLED: "1",
      SST_NO_BUN: "1",
      npm_config_omit: "dev",
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_prefer_offline: "true",
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
      if (code === 0) resolve();
      else reject(new Error(`"sst install" failed with exit code ${code}:\n${output.trim()}`));
    });
  });
}
