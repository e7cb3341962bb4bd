import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensurePlatform } from "../src/synth/platform.ts";

const repository = path.resolve(import.meta.dirname, "../../..");

/**
 * Copies the tiny app to a folder of its own, outside of this repository, and
 * lends it the repository's packages and SST's components, so that nothing is
 * installed twice.
 */
export async function copyTinyApp(): Promise<{ readonly root: string; remove(): void }> {
  await ensurePlatform(repository, () => {});
  // The real path, because esbuild and Node resolve links and the test compares paths.
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "tiny-app-")));
  cpSync(path.join(import.meta.dirname, "tiny"), root, {
    recursive: true,
    filter: (file) => !file.includes(".local-cloud") && !file.includes(".sst"),
  });
  symlinkSync(path.join(repository, "node_modules"), path.join(root, "node_modules"));
  mkdirSync(path.join(root, ".sst"));
  for (const name of ["platform", "platform-complete", "provider-lock.json"]) {
    const target = path.join(repository, ".sst", name);
    if (existsSync(target)) symlinkSync(target, path.join(root, ".sst", name));
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }) };
}
