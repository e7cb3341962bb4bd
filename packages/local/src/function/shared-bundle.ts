import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimes,
  utimesSync,
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

interface Target {
  readonly root: string;
  readonly folder: string;
  /** True where nothing runs from the folder yet: parts of earlier bundles go. */
  readonly replaces?: boolean;
}

/**
 * Bundles a function once for everything that is done with one copy of an app: clouds with data of their own,
 * syntheses, tests. The bundle is kept in `.sst/bundles`, which processes make one after the other, and copied
 * to the given folder, so that what is made later changes nothing that runs.
 */
export async function bundleShared(params: BuildParams, target: Target): Promise<FunctionBuild> {
  // A prebuilt bundle is run where it is.
  if (params.bundle) return bundleOrReuse(params, target);
  const shared = path.join(target.root, ".sst/bundles");
  const folder = path.join(target.folder, params.functionID);
  return withLock(path.join(shared, `${params.functionID}.lock`), async () => {
    const build = await bundleOrReuse(params, { root: target.root, folder: shared });
    // Over what stands there: a call that runs may have to load a part of the bundle that it began with.
    bringUpToDate(build.folder, folder);
    if (target.replaces) removeOthers(build.folder, folder);
    return { ...build, folder };
  });
}

/** Copies what has changed since the last time. All of all functions would be a third of a start. */
function bringUpToDate(from: string, to: string): void {
  const isMap = (file: string) => path.dirname(file) === from && file.endsWith(".map");
  cpSync(from, to, {
    recursive: true,
    preserveTimestamps: true,
    filter: (source, copy) => !isMap(source) && isOther(source, copy),
  });
  const sourceRoot = `${pathToFileURL(from).href}/`;
  for (const name of readdirSync(from)) {
    const [source, copy] = [path.join(from, name), path.join(to, name)];
    if (!isMap(source) || !isOther(source, copy)) continue;
    // The paths in a source map begin at its folder, which for a copy is said. Written into the text: to parse
    // those of all functions takes as long as much else of a start.
    const map = readFileSync(source, "utf8");
    writeFileSync(copy, map.replace("{", `{ "sourceRoot": ${JSON.stringify(sourceRoot)},`));
    const { atime, mtime } = statSync(source);
    utimesSync(copy, atime, mtime);
  }
}

/** By their times, of which a copy keeps the milliseconds. */
function isOther(source: string, copy: string): boolean {
  const made = lstatSync(source);
  const known = lstatSync(copy, { throwIfNoEntry: false });
  return made.isDirectory() || !known || Math.abs(known.mtimeMs - made.mtimeMs) > 1;
}

function removeOthers(from: string, to: string): void {
  const wanted = new Set(readdirSync(from));
  for (const name of readdirSync(to))
    if (!wanted.has(name)) rmSync(path.join(to, name), { recursive: true, force: true });
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
