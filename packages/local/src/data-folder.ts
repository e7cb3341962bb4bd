import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { requireSpace } from "./disk.ts";
import { isPortFree, randomPort } from "./engine/port.ts";
import { lockHolder, takeLock } from "./lock-file.ts";

/** The one ignored folder below an app that keeps everything over restarts. */
export interface DataFolder {
  readonly path: string;
  /** A port that stays the same for a name as long as it is free at the start. */
  port(name: string): Promise<number>;
  /** Lets the next start have the folder. */
  release(): void;
}

/**
 * Where it is. `LOCAL_CLOUD_DATA` names another folder, relative to the root, so that tests run beside a
 * cloud that somebody works with.
 */
export function dataFolderOf(root: string): string {
  return path.resolve(root, process.env.LOCAL_CLOUD_DATA ?? ".local-cloud");
}

/**
 * Takes an app's data folder for this process.
 * @throws Error with one sentence when another process has it, or when the disk is full
 */
export function takeDataFolder(root: string): DataFolder {
  const folder = dataFolderOf(root);
  mkdirSync(folder, { recursive: true });
  requireSpace(folder);
  const lock = path.join(folder, "lock");
  if (!takeLock(lock)) {
    throw new Error(
      `The local cloud of ${root} already runs (process ${runningProcess(root)}): stop it first, or use the running one.`,
    );
  }
  return { path: folder, port: portsOf(folder), release: () => rmSync(lock, { force: true }) };
}

/** The process that runs this app's local cloud now, if there is one. */
export function runningProcess(root: string): number | undefined {
  return lockHolder(path.join(dataFolderOf(root), "lock"));
}

function portsOf(folder: string): DataFolder["port"] {
  const file = path.join(folder, "ports.json");
  const recorded: Record<string, number> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const given = new Map<string, number>();

  async function choose(name: string): Promise<number> {
    const last = recorded[name];
    const isMine = (port: number) => ![...given.values()].includes(port);
    if (last !== undefined && isMine(last) && (await isPortFree(last))) return last;
    for (;;) {
      const port = randomPort();
      const isKept = Object.values(recorded).includes(port);
      if (!isKept && isMine(port) && (await isPortFree(port))) return port;
    }
  }

  let queue: Promise<unknown> = Promise.resolve();
  return (name) => {
    // One after the other, so that two names never get one port.
    const answer = queue.then(async () => {
      const known = given.get(name);
      if (known !== undefined) return known;
      const port = await choose(name);
      given.set(name, port);
      if (recorded[name] !== port) {
        recorded[name] = port;
        writeFileSync(file, JSON.stringify(recorded, null, 2));
      }
      return port;
    });
    queue = answer.catch(() => {});
    return answer;
  };
}
