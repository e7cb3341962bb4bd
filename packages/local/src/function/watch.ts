import { type FSWatcher, watch } from "node:fs";
import path from "node:path";
import type { FunctionBuild, FunctionService, Log } from "../cloud.ts";

/** Editors and formatters write a file several times at once. */
const SETTLE_MS = 50;

/**
 * Bundles functions anew when one of their sources changes, and gives the next
 * call the new bundle. A mistake in a source is said, and the function goes on
 * with its last good bundle.
 * @returns how to end that
 */
export function watchFunctions(options: {
  readonly builds: Iterable<FunctionBuild>;
  /** By function: bundles it anew, in the folder where it was. */
  readonly rebuilds: ReadonlyMap<string, () => Promise<FunctionBuild>>;
  readonly functions: Pick<FunctionService, "reload">;
  readonly log: Log;
}): () => void {
  const { functions, log } = options;
  /** Absolute paths by function. */
  const sources = new Map<string, ReadonlySet<string>>();
  /** Functions whose last bundling failed: a file that was not a source before may mend them. */
  const broken = new Set<string>();
  const folders = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let bundling = Promise.resolve();
  let isStopped = false;

  function follow({ functionId, sources: files }: FunctionBuild): void {
    sources.set(functionId, new Set(files));
    for (const folder of new Set(files.map((file) => path.dirname(file)))) {
      if (folders.has(folder)) continue;
      // The folder and not the file, which many editors replace when they save.
      const watcher = watch(folder, (_event, name) => onChange(path.join(folder, name ?? "")));
      watcher.on("error", () => {
        // The folder is gone. It is watched again when a bundle has sources there.
        watcher.close();
        folders.delete(folder);
      });
      folders.set(folder, watcher);
    }
  }

  function onChange(file: string): void {
    for (const [functionId, files] of sources) {
      if (files.has(file) || broken.has(functionId)) changed.add(functionId);
    }
    if (changed.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      bundling = bundling.then(rebuildChanged);
    }, SETTLE_MS);
  }

  async function rebuildChanged(): Promise<void> {
    const functionIds = [...changed];
    changed.clear();
    for (const functionId of functionIds) {
      if (isStopped) return;
      await rebuildOne(functionId);
    }
  }

  async function rebuildOne(functionId: string): Promise<void> {
    const startedAt = performance.now();
    try {
      const build = await options.rebuilds.get(functionId)?.();
      broken.delete(functionId);
      if (isStopped || !build) return;
      follow(build);
      await functions.reload(functionId);
      const milliseconds = Math.round(performance.now() - startedAt);
      log({ level: "info", source: functionId, message: `bundled anew in ${milliseconds} ms` });
    } catch (error) {
      broken.add(functionId);
      log({ level: "error", source: functionId, message: (error as Error).message });
    }
  }

  for (const build of options.builds) follow(build);
  return () => {
    isStopped = true;
    clearTimeout(timer);
    for (const watcher of folders.values()) watcher.close();
  };
}
