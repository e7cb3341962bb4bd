import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";

export interface SesEngine {
  /** `http://127.0.0.1:<port>`: SES for programs, the mailbox for people. `/store` answers all mails as JSON. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Mail {
  readonly messageId: string;
}

/** More would make every save slower; a mailbox for development needs no more. */
const KEPT_MAILS = 500;

/**
 * Starts aws-ses-v2-local in this process. It keeps mails in memory, for the
 * whole process: they are written to the data folder after every mail and
 * read back at the next start, so that a confirmation mail outlives a restart.
 */
export async function startSes(options: {
  /** Absent means in memory. */
  readonly dataFolder?: string;
  /** A free port when absent. */
  readonly port?: number;
}): Promise<SesEngine> {
  const { default: engine } = await import("aws-ses-v2-local");
  // A CommonJS package: its own default export is one level deeper, as Node imports it.
  const start = typeof engine === "function" ? engine : (engine as { default: typeof engine }).default;
  const { getStoreReadonly } = await import("aws-ses-v2-local/dist/store.js");
  const server = await start({ host: "127.0.0.1", port: options.port ?? 0 });
  const mails = getStoreReadonly().emails as Mail[];
  if (options.dataFolder) {
    mkdirSync(options.dataFolder, { recursive: true });
    const file = path.join(options.dataFolder, "mails.json");
    if (existsSync(file)) mails.push(...(JSON.parse(readFileSync(file, "utf8")) as Mail[]));
    let saved = mails.length;
    server.on("request", (_request, response) => {
      response.on("finish", () => {
        const current = getStoreReadonly().emails as Mail[];
        if (current.length === saved) return;
        saved = current.length;
        writeWhole(file, JSON.stringify(current.slice(-KEPT_MAILS)));
      });
    });
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Written aside and moved into place, so that a kill leaves the old file or the new one. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
