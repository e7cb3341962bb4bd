import { createWriteStream } from "node:fs";
import type { Log } from "./cloud.ts";

/** A log that also writes every line, those that a terminal leaves out too, to one file of this run. */
export function logToFile(file: string, log: Log): { readonly log: Log; close(): Promise<void> } {
  const stream = createWriteStream(file, { flags: "w" });
  // A full disk must not end the run because of its log; the engines tell it better.
  stream.on("error", () => {});
  return {
    log(line) {
      if (!stream.destroyed) {
        stream.write(`${new Date().toISOString()} ${line.level} [${line.source}] ${line.message}\n`);
      }
      log(line);
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}
