/** How long the second start of the local cloud takes to its first page, and what it needs in memory at rest. */
import { readdirSync, readFileSync } from "node:fs";
import { root, startSeededCloud } from "./cloud.ts";
import { type Figure, timeMs } from "./figure.ts";

const goalSeconds = 10;

export async function measure(): Promise<Figure[]> {
  // The first start builds what is stale and makes the sample content.
  await (await startSeededCloud()).stop();
  const { startCloud } = await import("../packages/local/src/start.ts");
  let megabytes = 0;
  const elapsed = await timeMs(async () => {
    const cloud = await startCloud({
      root,
      stage: "bench",
      watch: false,
      port: 3800,
      log: () => {},
      step: () => () => {},
    });
    const response = await fetch(`${cloud.frontDoorUrl}/ko`);
    if (response.status !== 200) throw new Error(`The first page answered ${response.status}.`);
    megabytes = residentMegabytes();
    stop = () => cloud.stop();
  });
  await stop();
  return [
    { name: "second-start", value: elapsed / 1000, unit: "s", goal: { operator: "<=", value: goalSeconds } },
    { name: "memory", value: megabytes, unit: "MB" },
  ];
}

let stop: () => Promise<void> = async () => {};

/** Resident memory of this process and of all that it started, in megabytes. Linux only. */
function residentMegabytes(): number {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, rest = ""] = readFileSync(`/proc/${name}/stat`, "utf8").split(") ");
        const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1];
        return [{ id: Number(name), parent: Number(rest.split(" ")[1]), kilobytes: Number(kilobytes ?? 0) }];
      } catch {
        return []; // It ended while the list was read.
      }
    });
  const own = new Set([process.pid]);
  for (let size = 0; size !== own.size; ) {
    size = own.size;
    for (const { id, parent } of processes) if (own.has(parent)) own.add(id);
  }
  const total = processes.filter(({ id }) => own.has(id)).reduce((sum, { kilobytes }) => sum + kilobytes, 0);
  return total / 1024;
}
