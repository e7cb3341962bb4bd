import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Says how much memory this process and everything that it started take now. */
export async function measureMemory(): Promise<string> {
  const own = process.memoryUsage().rss;
  const listed = await promisify(execFile)("ps", ["-eo", "pid=,ppid=,rss="]).catch(() => undefined);
  // Small systems have no `ps`: then what is known is said.
  if (!listed) return `this process takes ${megabytes(own)}`;
  const processes = listed.stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, kilobytes = 0]) => ({ pid, parent, bytes: kilobytes * 1024 }));
  const family = new Set([process.pid]);
  // A child has a larger id than its parent except after a wrap-around: two rounds find it all the same.
  for (let round = 0; round < 2; round++) {
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  const total = processes.reduce((sum, { pid, bytes }) => sum + (family.has(pid) ? bytes : 0), 0);
  return `all processes take ${megabytes(total)}, this one ${megabytes(own)}`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
