import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Gives all tests of a run one folder for what is temporary, and takes it away with the run. */
export default function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), "haru-tests-"));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
