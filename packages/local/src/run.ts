import { readPlanFile } from "./fault/plan.ts";
import { measureMemory } from "./memory.ts";
import { runCommand } from "./shell.ts";
import { type RunningCloud, startCloud } from "./start.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

/** A terminal sends Ctrl-C to every process of the group, and those above pass it on: that is one press. */
const SAME_PRESS_MS = 1_000;

/**
 * Runs the cloud in a terminal until Ctrl-C or SIGTERM.
 * @returns the exit code: 0 after a stop that was asked for
 */
export async function runCloud(options: {
  readonly root: string;
  readonly stage: string;
  readonly watch: boolean;
  readonly production: boolean;
  readonly isVerbose: boolean;
  readonly opensearch: boolean;
  /** File with a plan of what goes wrong on purpose, see `fault/plan.ts`. */
  readonly faults?: string;
  readonly port?: number;
  /** Command that is run once everything is up. */
  readonly afterStart?: string;
}): Promise<number> {
  const { root, stage, watch, production, isVerbose, opensearch, faults, port, afterStart } = options;
  const startedAt = performance.now();
  const terminal = createTerminal({ output: process.stdout, isVerbose });
  const stop = new AbortController();
  const asked = askedToStop(terminal);
  void asked.then(() => stop.abort());
  const crashed = ownMistake(terminal);
  terminal.say(`\nThe local cloud of ${root}, stage ${stage}`);
  const starting = startCloud({
    root,
    stage,
    watch,
    production,
    opensearch,
    ...(faults === undefined ? {} : { faults: readPlanFile(faults) }),
    ...(port === undefined ? {} : { port }),
    signal: stop.signal,
    log: terminal.log,
    step: terminal.step,
  });
  const cloud = await Promise.race([starting, crashed]).catch((error) => {
    if (!stop.signal.aborted) throw error;
  });
  if (!cloud) return 0;
  if (cloud instanceof Error) throw cloud;
  try {
    if (afterStart) {
      const code = await runCommand([afterStart], { root, variables: { ...cloud.variables }, shell: true });
      if (code !== 0 && !stop.signal.aborted) {
        terminal.say(`  "${afterStart}" ended with exit code ${code}.`);
      }
    }
    cloud.faults?.begin();
    if (!stop.signal.aborted) sayReady(terminal, cloud, (performance.now() - startedAt) / 1000);
    const reason = await Promise.race([cloud.failed, crashed, asked]);
    if (reason) throw reason;
    for (const [kind, count] of Object.entries(cloud.faults?.counts() ?? {})) {
      terminal.say(`  On purpose: ${kind}, ${count} times`);
    }
    terminal.say("\nStopping …");
    return 0;
  } finally {
    await cloud.stop();
  }
}

/** Resolves at the first Ctrl-C; a second one ends the process at once. */
function askedToStop(terminal: Terminal): Promise<undefined> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = () => {
      if (firstAt === undefined) {
        firstAt = performance.now();
        resolve(undefined);
      } else if (performance.now() - firstAt > SAME_PRESS_MS) {
        terminal.say("Stopped at once.");
        process.exit(130);
      }
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  });
}

/** A mistake in the local cloud itself, which leaves it in no state to go on. Its trace is in the log. */
function ownMistake(terminal: Terminal): Promise<Error> {
  return new Promise((resolve) => {
    process.on("uncaughtException", (error) => {
      terminal.log({ level: "debug", source: "local cloud", message: error.stack ?? error.message });
      resolve(new Error(`The local cloud itself made a mistake: ${error.message}`, { cause: error }));
    });
  });
}

function sayReady(terminal: Terminal, cloud: RunningCloud, seconds: number): void {
  const rows = [
    ["Open", cloud.frontDoorUrl],
    ["Console", cloud.consoleUrl],
    ["Mails", `${cloud.endpoints.ses} (as JSON: ${cloud.endpoints.ses}/store)`],
    ["Log", ".local-cloud/last-run.log"],
  ];
  terminal.say("");
  for (const [name = "", value = ""] of rows) terminal.say(`  ${name.padEnd(7)} ${value}`);
  terminal.say(`\nReady after ${seconds.toFixed(1)} s. Ctrl-C stops it; the data is kept.`);
  void measureMemory().then((message) => terminal.log({ level: "debug", source: "memory", message }));
}
