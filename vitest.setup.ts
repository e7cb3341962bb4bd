import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { serveSharedEngines } from "./packages/local/test/shared-engines.ts";

/** Gives all tests of a run one folder for what is temporary and engines to share, and takes both away with the run. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "haru-tests-"));
  process.env.TMPDIR = folder;
  const engines = await serveSharedEngines();
  return async () => {
    await engines.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
