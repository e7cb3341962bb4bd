import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startDynamodb } from "../src/engine/dynamodb.ts";
import { startOpensearch } from "../src/engine/opensearch.ts";

/*
 * The engines that are Java programs take longer to start than most test files run. The process that runs
 * the tests starts them when a file first asks, lends them to one file after the other, and ends them with the run.
 */

interface Engine {
  readonly url: string;
  stop(): Promise<void>;
}

export type SharedKind = "table" | "search";

const starters: Readonly<Record<SharedKind, () => Promise<Engine>>> = {
  table: () => startDynamodb({ log: () => {} }),
  search: () => startOpensearch({ log: () => {} }),
};

const addressVariable = "TEST_ENGINES_URL";

/** Runs in the process of the tests: `POST /<kind>` lends an address, `DELETE /<kind>?<address>` takes it back. */
export async function serveSharedEngines(): Promise<{ stop(): Promise<void> }> {
  const started: Promise<Engine>[] = [];
  let table: Promise<Engine> | undefined;
  const idleSearch: string[] = [];
  const start = (kind: SharedKind) => {
    const engine = starters[kind]();
    started.push(engine);
    return engine;
  };

  /** Everybody has a table of their own in one engine; an index has one name, so that a search engine is lent alone. */
  async function lend(kind: SharedKind): Promise<string> {
    if (kind === "search") return idleSearch.pop() ?? (await start(kind)).url;
    table ??= start(kind);
    return (await table).url;
  }

  const server = createServer((request, response) => {
    const [kind, given] = (request.url ?? "").slice(1).split("?") as [SharedKind, string | undefined];
    if (request.method === "DELETE") {
      if (kind === "search" && given) idleSearch.push(decodeURIComponent(given));
      response.end();
      return;
    }
    lend(kind).then(
      (url) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env[addressVariable] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    async stop() {
      server.close();
      server.closeAllConnections();
      for (const engine of await Promise.allSettled(started)) {
        if (engine.status === "fulfilled") await engine.value.stop();
      }
    },
  };
}

function sharedAddress(kind: SharedKind): string {
  const address = process.env[addressVariable];
  if (!address) throw new Error("Shared engines are there for tests that Vitest runs (see vitest.setup.ts).");
  return `${address}/${kind}`;
}

/**
 * The address of an engine that other tests use before and after, and those of tables also meanwhile.
 * @throws Error with the engine's own sentence when it cannot start
 */
export async function borrowEngine(kind: SharedKind): Promise<string> {
  const response = await fetch(sharedAddress(kind), { method: "POST" });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

/** Gives an engine back, with nothing left in it. */
export async function returnEngine(kind: SharedKind, url: string): Promise<void> {
  await fetch(`${sharedAddress(kind)}?${encodeURIComponent(url)}`, { method: "DELETE" });
}
