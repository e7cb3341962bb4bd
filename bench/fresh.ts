/**
 * How long a newcomer waits: from a fresh clone in an empty home folder to the first page,
 * beside the bare `npm ci` of the same clone. Needs the package registry.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./cloud.ts";
import { type Figure, timeMs } from "./figure.ts";

const goalSeconds = 180;
const deadlineSeconds = 900;

export async function measure(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "haru-fresh-"));
  try {
    const bareSeconds = await timeBareInstall(path.join(folder, "bare"));
    const startSeconds = await timeFirstPage(path.join(folder, "started"));
    const goal = { operator: "<=", value: goalSeconds } as const;
    return [
      { name: "bare-install", value: bareSeconds, unit: "s" },
      { name: "first-page", value: startSeconds, unit: "s", goal },
      { name: "ratio-to-install", value: startSeconds / bareSeconds, unit: "times" },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function timeBareInstall(folder: string): Promise<number> {
  const clone = await prepare(folder);
  return (await timeMs(() => finish(clone.run("npm", ["ci", "--no-audit", "--no-fund"])))) / 1000;
}

/** Starts as a newcomer would, asks for the page as soon as an address is told, and stops with Ctrl-C. */
async function timeFirstPage(folder: string): Promise<number> {
  const clone = await prepare(folder);
  let started: ChildProcess | undefined;
  try {
    const elapsed = await timeMs(async () => {
      started = clone.run("npm", ["start"]);
      const deadline = Date.now() + deadlineSeconds * 1000;
      for (const pages = firstPageOf(started); !(await pages()); ) {
        if (Date.now() > deadline || started.exitCode !== null) {
          throw new Error("The fresh clone did not start: run npm start in one to see why.");
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    });
    return elapsed / 1000;
  } finally {
    if (started?.pid && started.exitCode === null) {
      process.kill(-started.pid, "SIGINT");
      await once(started, "exit");
    }
  }
}

async function prepare(folder: string) {
  await finish(spawn("git", ["clone", "-q", root, path.join(folder, "clone")], { stdio: "inherit" }));
  // npm sets variables for its scripts; a newcomer's terminal has none of them.
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|LOCAL_CLOUD_|INIT_CWD)/.test(name));
  const outside = (process.env.PATH ?? "").split(path.delimiter).filter((part) => !part.startsWith(root));
  const env = { ...Object.fromEntries(own), HOME: folder, PATH: outside.join(path.delimiter) };
  return {
    run: (command: string, args: readonly string[]) =>
      spawn(command, args, {
        cwd: path.join(folder, "clone"),
        env,
        stdio: ["ignore", "pipe", "inherit"],
        detached: true,
      }),
  };
}

async function finish(child: ChildProcess): Promise<void> {
  child.stdout?.resume();
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${child.spawnargs.join(" ")} ended with ${code}.`);
}

/** Asks whether the page is there, at the address that the program tells. */
function firstPageOf(child: ChildProcess): () => Promise<boolean> {
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  return async () => {
    const address = /Open\s+(http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
    return address !== undefined && (await fetch(`${address}/ko`)).status === 200;
  };
}
