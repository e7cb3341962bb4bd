import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Log } from "./cloud.ts";

/** A child that dies more often than this within `RESTART_WINDOW_MS` is given up. */
const MAXIMUM_RESTARTS = 3;
const RESTART_WINDOW_MS = 60_000;
const READY_POLL_MS = 25;
/** An engine that does not end by itself after this is killed. */
const STOP_WITHIN_MS = 3_000;

/**
 * The engine's wrapper, for `/bin/sh -c`. Its first line of output is the
 * engine's process id. It holds a pipe (descriptor 3) whose other end only
 * this process has. When this process ends in whatever way, SIGKILL included,
 * the pipe ends and the wrapper kills the engine with all that the engine
 * started, itself included: they are one process group. The group is apart
 * from the terminal's process group, so that Ctrl-C reaches only the local
 * cloud, which then stops everything in order.
 */
export const WRAPPER = `
"$@" </dev/null 3<&- &
engine=$!
echo "$engine"
( while read -r line; do :; done; kill -KILL -$$ 2>/dev/null ) <&3 &
reader=$!
wait "$engine"
code=$?
kill "$reader" 2>/dev/null
exit "$code"
`;

export interface Supervised {
  /** Process id of the engine itself. It changes when the engine is restarted. */
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts a program that must run as long as this process does, and starts it
 * again when it dies.
 * @throws Error with one sentence when it does not become ready
 */
export async function supervise(options: {
  /** For messages, for instance `the table engine`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Working directory, this process's own when absent. */
  readonly cwd?: string;
  /** The whole environment, this process's own when absent. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly readyWithinSeconds: number;
  /** Asked again and again until it answers true. */
  isReady(): Promise<boolean>;
  readonly log: Log;
  /** Called once when the program keeps dying. */
  onGone(reason: Error): void;
}): Promise<Supervised> {
  const { name, log } = options;
  const restartsAt: number[] = [];
  let stopping = false;
  let current = await launch(options);
  current.ended.then(restart);

  async function restart(how: string): Promise<void> {
    if (stopping) return;
    const now = Date.now();
    restartsAt.push(now);
    if (restartsAt.filter((at) => at > now - RESTART_WINDOW_MS).length > MAXIMUM_RESTARTS) {
      options.onGone(
        new Error(`${name} died ${restartsAt.length} times (last: ${how}) and is not restarted.`),
      );
      return;
    }
    log({ level: "warn", source: name, message: `${name} died (${how}) and is being restarted` });
    try {
      current = await launch(options);
    } catch (error) {
      if (!stopping) options.onGone(error as Error);
      return;
    }
    if (stopping) return void current.kill();
    log({ level: "info", source: name, message: `${name} is back` });
    current.ended.then(restart);
  }

  return {
    get pid() {
      return current.pid;
    },
    async stop() {
      stopping = true;
      const { pid, ended, kill } = current;
      signal(pid, "SIGTERM");
      const tooLong = setTimeout(kill, STOP_WITHIN_MS);
      await ended;
      clearTimeout(tooLong);
    },
  };
}

interface Launched {
  readonly pid: number;
  /** Resolves with how it ended, for instance `exit code 1`. */
  readonly ended: Promise<string>;
  kill(): void;
}

async function launch(options: Parameters<typeof supervise>[0]): Promise<Launched> {
  const wrapper = spawn("/bin/sh", ["-c", WRAPPER, "sh", options.command, ...options.args], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: true,
    ...(options.cwd ? { cwd: options.cwd } : {}),
    ...(options.environment ? { env: options.environment } : {}),
  });
  const lastLines: string[] = [];
  const pid = readLines(wrapper, (line) => {
    lastLines.push(line);
    if (lastLines.length > 20) lastLines.shift();
    options.log({ level: "debug", source: options.name, message: line });
  });
  const ended = new Promise<string>((resolve) => {
    wrapper.once("error", (error) => resolve(error.message));
    wrapper.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  let hasEnded = false;
  ended.then(() => {
    hasEnded = true;
    killGroup(wrapper.pid);
    // The pipe's other end is gone with the wrapper: a late write error on it means nothing.
    wrapper.stdio[3]?.on("error", () => {}).destroy();
  });
  const kill = () => void wrapper.stdio[3]?.destroy();

  const deadline = Date.now() + options.readyWithinSeconds * 1000;
  while (!(await options.isReady())) {
    if (hasEnded) {
      const why =
        lastLines.find((line) => /error|exception|denied|cannot|unable/i.test(line)) ?? (await ended);
      throw new Error(`${options.name} cannot start: ${why.trim()}.`);
    }
    if (Date.now() > deadline) {
      kill();
      throw new Error(`${options.name} did not answer within ${options.readyWithinSeconds} seconds.`);
    }
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
  return { pid: await pid, ended, kill };
}

/** The wrapper's first line is the engine's process id; all others are the engine's own. */
function readLines(wrapper: ChildProcess, onLine: (line: string) => void): Promise<number> {
  return new Promise((resolve) => {
    let isFirst = true;
    createInterface({ input: wrapper.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      if (isFirst) resolve(Number(line));
      else onLine(line);
      isFirst = false;
    });
    createInterface({ input: wrapper.stderr as NodeJS.ReadableStream }).on("line", onLine);
  });
}

/** Ends what an engine started and left behind. */
function killGroup(wrapperPid: number | undefined): void {
  if (wrapperPid !== undefined) signal(-wrapperPid, "SIGKILL");
}

function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It ended by itself in the meantime, which is what is wanted.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
