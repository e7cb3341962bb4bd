import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimes,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { FunctionBuild } from "../cloud.ts";
import type { BuildParams } from "./bundle.ts";
import { bundleOrReuse } from "./bundle-reuse.ts";

/** Whoever has not been heard of for so long has died. */
const LOCK_SECONDS = 120;
/** How often is said that a bundling is still wanted, which may wait for those of all other functions. */
const LOCK_RENEWAL_MS = 10_000;
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
    // Over what stands there: a call that runs may have to load a part of the bundle that it began with.
    cpSync(build.folder, folder, { recursive: true, preserveTimestamps: true });
    leadToSources(build.folder, folder);
    return { ...build, folder };
  });
}

/** The paths in a source map begin at its folder, which for a copy is said. */
function leadToSources(from: string, to: string): void {
  const sourceRoot = `${pathToFileURL(from).href}/`;
  for (const name of readdirSync(from).filter((file) => file.endsWith(".map"))) {
    const map = readFileSync(path.join(from, name), "utf8");
    // Written into the text: to parse those of all functions takes as long as much else of a start.
    writeFileSync(path.join(to, name), map.replace("{", `{ "sourceRoot": ${JSON.stringify(sourceRoot)},`));
  }
}

async function withLock<T>(lock: string, run: () => Promise<T>): Promise<T> {
  mkdirSync(path.dirname(lock), { recursive: true });
  while (!take(lock)) await sleep(LOCK_POLL_MS);
  const renewal = setInterval(() => {
    const now = new Date();
    // It is another's when this machine slept in between, or gone.
    utimes(lock, now, now, () => {});
  }, LOCK_RENEWAL_MS);
  try {
    return await run();
  } finally {
    clearInterval(renewal);
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
