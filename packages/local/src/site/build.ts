import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import type { Log } from "../cloud.ts";
import { WRAPPER } from "../supervise.ts";
import { hashSources } from "./sources.ts";

/** How much of a failed build's output is shown. */
const SHOWN_LINES = 30;

/** What a build leaves in a site's folder: Next.js's own, or that and OpenNext's bundles. */
export type BuildOutput = ".next" | ".open-next";

const STAMP = "local-cloud-sources";

/**
 * Builds a site when what it is made from has changed since the last build:
 * sources, lockfile, or the environment, whose values a build may write into
 * pages. The output goes to a file in the data folder.
 * @throws Error with the end of the output when the build fails
 */
export async function buildSite(options: {
  readonly name: string;
  /** Absolute path of the site's folder. */
  readonly folder: string;
  readonly command: string;
  readonly output: BuildOutput;
  readonly root: string;
  readonly dataFolder: string;
  /** The whole environment of the build. */
  readonly environment: Readonly<Record<string, string>>;
  /** The part of it that the program declares. */
  readonly declared: Readonly<Record<string, string>>;
  readonly log: Log;
}): Promise<void> {
  const { name, folder, command, root, dataFolder, environment, declared, log } = options;
  const stamp = path.join(folder, options.output, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hashSources(folder, root, declared)) return;
  const startedAt = performance.now();
  const what = existsSync(stamp) ? "builds again, because a source or the environment changed" : "builds";
  log({ level: "info", source: name, message: `${what} …` });
  mkdirSync(dataFolder, { recursive: true });
  // Both kinds of build write into the same `.next`.
  for (const kind of [".next", ".open-next"]) rmSync(path.join(folder, kind, STAMP), { force: true });
  const output = path.join(dataFolder, `build-${name}.log`);
  const code = await runBuild(command, folder, environment, output);
  if (code !== 0) {
    const end = readFileSync(output, "utf8").trimEnd().split("\n").slice(-SHOWN_LINES).join("\n");
    throw new Error(`The site ${name} could not be built (the whole output is in ${output}):\n${end}`);
  }
  // A build writes into the folder too (style sheets, for instance), so the hash is of what it left behind.
  writeFileSync(stamp, hashSources(folder, root, declared));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  log({ level: "info", source: name, message: `is built (${seconds} s)` });
}

/** Answers the exit code. The build ends with this process, in whatever way that ends. */
async function runBuild(
  command: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
  outputFile: string,
): Promise<number> {
  const child = spawn("/bin/sh", ["-c", WRAPPER, "sh", "/bin/sh", "-c", command], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: true,
    env: environment,
  });
  const output = createWriteStream(outputFile);
  let isFirst = true;
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
    // The first line is the wrapper's.
    if (!isFirst) output.write(`${line}\n`);
    isFirst = false;
  });
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => {
    output.write(`${line}\n`);
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
  await finished(output.end());
  return code;
}
