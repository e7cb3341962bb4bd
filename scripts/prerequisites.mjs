// What a machine must have before anything can be installed. Plain JavaScript for
// Node 20, because it runs before the project's own Node and dependencies exist.
import { spawnSync } from "node:child_process";
import { statfsSync } from "node:fs";

/** Ends the process with one sentence that says what to do. */
export function stop(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}

const MINIMUM_NODE = 20;
const MINIMUM_JAVA = 17;
/** Dependencies, the SST platform, a build and some data. */
const NEEDED_BYTES = 3e9;

function javaMajorVersion() {
  const command = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : "java";
  const { stderr, error } = spawnSync(command, ["-version"], { encoding: "utf8" });
  if (error) return undefined;
  const version = /version "(?:1\.)?(\d+)/.exec(stderr)?.[1];
  return version === undefined ? undefined : Number(version);
}

/** Checks Node, Java and the disk; ends the process when one of them will not do. */
export function checkPrerequisites(root) {
  const node = Number(process.versions.node.split(".")[0]);
  if (node < MINIMUM_NODE) {
    stop(
      `Haru needs Node.js ${MINIMUM_NODE} or newer to start; this is ${process.versions.node}. Install a current one and run the command again.`,
    );
  }
  const java = javaMajorVersion();
  if (java === undefined) {
    stop(
      `Haru needs Java ${MINIMUM_JAVA} or newer for the local DynamoDB; no "java" was found. Install a Java runtime (or set JAVA_HOME) and run the command again.`,
    );
  }
  if (java < MINIMUM_JAVA) {
    stop(
      `Haru needs Java ${MINIMUM_JAVA} or newer for the local DynamoDB; this is Java ${java}. Install a newer runtime (or point JAVA_HOME to one) and run the command again.`,
    );
  }
  const disk = statfsSync(root);
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes < NEEDED_BYTES) {
    stop(
      `Haru needs about ${NEEDED_BYTES / 1e9} GB of free disk; ${(freeBytes / 1e9).toFixed(1)} GB are free. Make room and run the command again.`,
    );
  }
}
