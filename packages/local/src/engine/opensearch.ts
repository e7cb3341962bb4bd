import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Log } from "../cloud.ts";
import { supervise } from "../supervise.ts";
import { findJava } from "./java.ts";
import { installOpensearch } from "./opensearch-install.ts";

const NAME = "the search engine";

/** On the loopback address only, alone, whatever the disk's state; indexes are made on purpose or not at all. */
const CONFIGURATION = `network.host: 127.0.0.1
transport.port: 0
discovery.type: single-node
cluster.routing.allocation.disk.threshold_enabled: false
action.auto_create_index: false
`;

export interface OpensearchEngine {
  /** `http://127.0.0.1:<port>`. It stays while the engine is restarted. */
  readonly url: string;
  /** Process id of the JVM now. */
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts a real OpenSearch with its Korean analysis, without its security. It takes whichever port it
 * finds, another one at each start, so that a listener of ours with a lasting address stands before it.
 * @throws Error with one sentence when Java 21 or Maven is missing, or when it does not start
 */
export async function startOpensearch(options: {
  /** Kept over restarts; absent means gone with the engine. */
  readonly dataFolder?: string;
  /** A free one when absent. */
  readonly port?: number;
  readonly log: Log;
  readonly onGone?: (reason: Error) => void;
}): Promise<OpensearchEngine> {
  const { log, onGone = (reason) => log({ level: "error", source: NAME, message: reason.message }) } =
    options;
  const [jars, java] = await Promise.all([
    installOpensearch((message) => log({ level: "info", source: NAME, message })),
    findJava("search engine"),
  ]);
  const folder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), "opensearch-"));
  const configuration = path.join(folder, "conf");
  mkdirSync(configuration, { recursive: true });
  writeFileSync(path.join(configuration, "opensearch.yml"), CONFIGURATION);
  let enginePort: number | undefined;
  const child = await supervise({
    name: NAME,
    command: java,
    args: [
      "-Xmx512m",
      "-XX:+UseSerialGC",
      // Half of a start is otherwise spent on compiling what a small index never uses.
      "-XX:TieredStopAtLevel=1",
      "-cp",
      path.join(jars, "*"),
      "org.codelibs.opensearch.runner.OpenSearchRunner",
      "-basePath",
      folder,
      "-confPath",
      configuration,
      "-numOfNode",
      "1",
      // One is added to it, and port 0 is any free one.
      "-baseHttpPort",
      "-1",
      "-pluginTypes",
      "org.opensearch.plugin.analysis.nori.AnalysisNoriPlugin",
    ],
    readyWithinSeconds: 90,
    isReady: () => (enginePort === undefined ? Promise.resolve(false) : answers(enginePort)),
    log(line) {
      const port = /HttpServerTransport.*publish_address \{127\.0\.0\.1:(\d+)\}/.exec(line.message)?.[1];
      if (port) enginePort = Number(port);
      log(line);
    },
    onGone,
  });
  const listener = await listen(options.port ?? 0, () => enginePort);
  return {
    url: `http://127.0.0.1:${(listener.server.address() as AddressInfo).port}`,
    get pid() {
      return child.pid;
    },
    async stop() {
      listener.stop();
      await child.stop();
      if (!options.dataFolder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  try {
    const health = `http://127.0.0.1:${port}/_cluster/health?wait_for_status=yellow&timeout=5s`;
    return (await fetch(health, { signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false; // Refused until it listens.
  }
}

/** Hands each connection on to where the engine listens now. */
async function listen(
  port: number,
  target: () => number | undefined,
): Promise<{ server: Server; stop(): void }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const upstream = connect(target() ?? 0, "127.0.0.1");
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      open.add(one);
      // A connection that breaks on one side breaks on the other; the caller sees that.
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    server,
    stop() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
