import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { requireSpace } from "./disk.ts";
import { isPortFree, randomPort } from "./engine/port.ts";

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
  takeLock(lock, root);
  return { path: folder, port: portsOf(folder), release: () => rmSync(lock, { force: true }) };
}

/** The process that runs this app's local cloud now, if there is one. */
export function runningProcess(root: string): number | undefined {
  const lock = path.join(dataFolderOf(root), "lock");
  if (!existsSync(lock)) return undefined;
  const text = readFileSync(lock, "utf8");
  const pid = Number.parseInt(text, 10);
  return text === identityOf(pid) ? pid : undefined;
}

function takeLock(lock: string, root: string): void {
  const running = runningProcess(root);
  if (running !== undefined) {
    throw new Error(
      `The local cloud of ${root} already runs (process ${running}): stop it first, or use the running one.`,
    );
  }
  // What is there belongs to a process that was killed.
  rmSync(lock, { force: true });
  writeFileSync(lock, identityOf(process.pid) ?? "", { flag: "wx" });
}

/**
 * The process id, and on Linux the time of its start as well, because ids are
 * given again after a while. `undefined` when no such process runs.
 */
function identityOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return String(pid);
  // The second field is the program's name in parentheses and may hold spaces; the 22nd is the start time.
  const startedAt = readFileSync(file, "utf8").split(") ").at(-1)?.split(" ")[19];
  return `${pid} ${startedAt}`;
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
