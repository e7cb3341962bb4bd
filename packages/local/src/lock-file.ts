import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * Takes a lock file for this process. One whose process was killed counts for nothing.
 * @returns whether this process has it now
 */
export function takeLock(file: string): boolean {
  // Written aside, so that nobody ever reads a lock without its holder.
  const own = `${file}-${process.pid}`;
  writeFileSync(own, identityOf(process.pid) ?? "");
  try {
    if (isLinked(own, file)) return true;
    const text = read(file);
    if (text !== undefined) {
      if (holderOf(text) !== undefined) return false;
      rmSync(file, { force: true });
    }
    return isLinked(own, file);
  } finally {
    rmSync(own);
  }
}

/** The running process that has the lock. */
export function lockHolder(file: string): number | undefined {
  const text = read(file);
  return text === undefined ? undefined : holderOf(text);
}

/** Gives a file a second name, unless something has that name already. */
function isLinked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Whoever has a lock may give it up at any moment. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function holderOf(text: string): number | undefined {
  const pid = Number.parseInt(text, 10);
  return text === identityOf(pid) ? pid : undefined;
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
