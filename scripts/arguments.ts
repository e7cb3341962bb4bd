import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/**
 * Reads what a command was given. `--help` says how the command is used and ends it well; an option that
 * nobody knows ends it with exit code 2, since a misspelt `--dry-run` must not do the real thing.
 *
 * @param usage how the command is called, from "npm run" on
 */
export function readArguments<const Options extends ParseArgsOptionsConfig>(usage: string, options: Options) {
  if (process.argv.includes("--help")) {
    process.stdout.write(`Usage: ${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    refuseArguments(usage, (error as Error).message);
  }
}

/** Ends a command that cannot do what it was asked for. */
export function refuseArguments(usage: string, why?: string): never {
  process.stderr.write(`${why ? `${why}\n` : ""}Usage: ${usage}\n`);
  process.exit(2);
}
