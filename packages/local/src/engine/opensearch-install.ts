import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findJava } from "./java.ts";

/** Of the runner in `opensearch-pom.xml`. Another version goes to another folder. */
const VERSION = "3.8.0.0";
const DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";

/** Kept for all apps of this person: 80 MB. */
const folder = path.join(homedir(), ".cache/local-cloud", `opensearch-${VERSION}`);

/**
 * Why OpenSearch cannot run on this machine, in one sentence; nothing when it can.
 */
export async function whyNoOpensearch(): Promise<string | undefined> {
  try {
    await findJava("search engine");
  } catch (error) {
    return (error as Error).message;
  }
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const hasMaven = folders.some((each) => existsSync(path.join(each, "mvn")));
  if (existsSync(folder) || hasMaven) return undefined;
  return "OpenSearch comes from Maven, and no mvn was found: install it (for instance apt-get install maven).";
}

/**
 * The folder of OpenSearch's jars, filled from Maven at the first call.
 * @throws Error with one sentence when they cannot be had
 */
export async function installOpensearch(progress: (line: string) => void): Promise<string> {
  const reason = await whyNoOpensearch();
  if (reason) throw new Error(reason);
  if (existsSync(folder)) return folder;
  progress("Getting OpenSearch from Maven (80 MB, once) …");
  await mkdir(path.dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}-`);
  try {
    await promisify(execFile)("mvn", [
      "--quiet",
      "--batch-mode",
      `--file=${path.join(import.meta.dirname, "opensearch-pom.xml")}`,
      `${DEPENDENCY_PLUGIN}:copy-dependencies`,
      `-DoutputDirectory=${partial}`,
      "-DincludeScope=runtime",
    ]);
    await rename(partial, folder);
  } catch (cause) {
    await rm(partial, { recursive: true, force: true });
    // Another start may have been quicker.
    if (existsSync(folder)) return folder;
    throw new Error("OpenSearch could not be had from Maven: is the network there?", { cause });
  }
  return folder;
}
