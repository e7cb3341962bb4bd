import type { WriteStream } from "node:tty";
import type { Log } from "./cloud.ts";

/** What the commands print. Colours and the moving line are for terminals only; elsewhere it is plain lines. */
export interface Terminal {
  readonly log: Log;
  /** Shows that a step of the start runs; the answer ends it, with what came out. */
  step(name: string): (outcome?: string) => void;
  say(line: string): void;
}

type Output = Pick<WriteStream, "write" | "isTTY">;

const CLEAR_LINE = "\r\u001b[2K";
const COLOURS = { error: 31, warn: 33, info: 39, debug: 90 } as const;

export function createTerminal(options: { readonly output: Output; readonly isVerbose: boolean }): Terminal {
  const { output, isVerbose } = options;
  /** Name of the step whose line stands without an end. */
  let open: string | undefined;

  const paint = (text: string, colour: number) =>
    output.isTTY ? `\u001b[${colour}m${text}\u001b[39m` : text;

  /** Writes a whole line above the open step. */
  function write(line: string): void {
    if (output.isTTY && open) output.write(CLEAR_LINE);
    output.write(`${line}\n`);
    if (output.isTTY && open) output.write(`  ${open} …`);
  }

  return {
    log({ level, source, message }) {
      if (level === "debug" && !isVerbose) return;
      write(`${paint(`[${source}]`, COLOURS[level])} ${message}`);
    },
    step(name) {
      const startedAt = performance.now();
      open = name;
      if (output.isTTY) output.write(`  ${name} …`);
      return (outcome) => {
        const seconds = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
        if (open === name) {
          if (output.isTTY) output.write(CLEAR_LINE);
          open = undefined;
        }
        write(`  ${name.padEnd(12)} ${seconds.padStart(7)}${outcome ? `  ${paint(outcome, 90)}` : ""}`);
      };
    },
    say: write,
  };
}
