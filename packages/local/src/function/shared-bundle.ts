import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FunctionBuild } from "../cloud.ts";
import type { BuildParams } from "./bundle.ts";
import { bundleOrReuse } from "./bundle-reuse.ts";

/** Whoever holds a lock longer than this has died: no bundling takes a tenth of it. */
const LOCK_SECONDS = 120;
const LOCK_POLL_MS = 50;

/**
 * Bundles a function once for everything that is done with one copy of an app: clouds with data of their own,
 * syntheses, tests. The bundle is kept in `.sst/bundles`, which processes make one after the other, and copied
 * to the given folder, so that what is made later changes nothing that runs.
 */
export async function bundleShared(
  params: BuildParams,
  target: { readonly root: string; readonly folder: string },
): Promise<FunctionBuild> {
  // A prebuilt bundle is run where it is.
  if (params.bundle) return bundleOrReuse(params, target);
  const shared = path.join(target.root, ".sst/bundles");
  const folder = path.join(target.folder, params.functionID);
  return withLock(path.join(shared, `${params.functionID}.lock`), async () => {
    const build = await bundleOrReuse(params, { root: target.root, folder: shared });
    rmSync(folder, { recursive: true, force: true });
    cpSync(build.folder, folder, { recursive: true, preserveTimestamps: true });
    moveSourceMap(build.folder, folder);
    return { ...build, folder };
  });
}

/** The paths in a source map begin at its folder. */
function moveSourceMap(from: string, to: string): void {
  for (const name of ["bundle.mjs.map", "bundle.cjs.map"]) {
    const file = path.join(to, name);
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch {
      continue; // It is the other format.
    }
    const map = JSON.parse(text) as { sources: string[] };
    map.sources = map.sources.map((source) => path.relative(to, path.resolve(from, source)));
    writeFileSync(file, JSON.stringify(map));
  }
}

async function withLock<T>(lock: string, run: () => Promise<T>): Promise<T> {
  mkdirSync(path.dirname(lock), { recursive: true });
  while (!take(lock)) await sleep(LOCK_POLL_MS);
  try {
    return await run();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  try {
    const isDead = Date.now() - statSync(lock).mtimeMs > LOCK_SECONDS * 1000;
    if (isDead) rmSync(lock, { recursive: true, force: true });
  } catch {
    // It was given back just now.
  }
  return false;
}
