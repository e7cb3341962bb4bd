// Brings a clone to where the project's own Node and TypeScript can run:
// checks the machine, then installs what is missing. Runs on any Node from 20 on.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkPrerequisites, stop } from "./prerequisites.mjs";

export const root = path.resolve(import.meta.dirname, "..");
const binaries = path.join(root, "node_modules/.bin");
const stamp = path.join(root, "node_modules/.haru-installed");

/** Runs a command with the project's own binaries first on the path; answers its exit code. */
export function run(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: "inherit",
    ...options,
    env: { ...process.env, ...options.env, PATH: `${binaries}${path.delimiter}${process.env.PATH}` },
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

function lockfileHash() {
  return createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
}

/** Installs dependencies when the lockfile has changed since the last time, or was never installed. */
async function installDependencies() {
  const wanted = lockfileHash();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stdout.write("Installing dependencies (a minute or two the first time) …\n");
  const code = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code !== 0) {
    stop(
      "The dependencies could not be installed. Check the connection to the npm registry (see above) and run the command again.",
    );
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Checks the machine and installs what is missing. Afterwards `run("node", …)` is the project's own Node. */
export async function bootstrap() {
  checkPrerequisites(root);
  await installDependencies();
}
