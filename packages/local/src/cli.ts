#!/usr/bin/env node
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { runDiff } from "./diff/command.ts";
import { explain } from "./explain.ts";
import { reset } from "./reset.ts";
import { runCloud } from "./run.ts";
import { readEnvironment, runCommand } from "./shell.ts";
import { writeSynthesis } from "./synth/command.ts";
import { ensurePlatform } from "./synth/platform.ts";

const USAGE = `Runs an SST app on this machine, without an AWS account.

  local-cloud start [options]      start everything that sst.config.ts declares
  local-cloud dev [options]        the same, with functions and sites reloaded on change
  local-cloud shell -- <command>   run a command with the links of the running cloud
  local-cloud synth --stage <stage> --out <file>
                                   write the raw resources of a stage as JSON
  local-cloud diff --stage <stage> [--check]
                                   run the real "sst diff", and write (or check) the types of all links
  local-cloud install              install SST's components, which the other commands do by themselves
  local-cloud reset                remove all local data

Options of start and dev:
  --stage <name>     stage, "local" when not given
  --production       start only: bundle sites for Lambda and run them as functions, as they are deployed
  --port <number>    port of the front door, else 3000 or the next free one
  --then <command>   run this once everything is up, with the variables of \`shell\`
  --faults <file>    let things go wrong on purpose, as the plan in the file says
  --opensearch       a real OpenSearch for search domains (needs Java 21 and Maven, 80 MB once)
  --verbose          show every line of every part`;

async function main(): Promise<number> {
  const [command, ...rest] = process.argv.slice(2);
  // What follows `shell` belongs to the command that it runs.
  if (command !== "shell" && rest.includes("--help")) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  switch (command) {
    case "start":
    case "dev": {
      const { values } = parseArgs({
        args: rest,
        options: {
          stage: { type: "string", default: "local" },
          port: { type: "string" },
          production: { type: "boolean", default: false },
          // biome-ignore lint/suspicious/noThenProperty: the name of an option; nothing awaits this object.
          then: { type: "string" },
          faults: { type: "string" },
          opensearch: { type: "boolean", default: false },
          verbose: { type: "boolean", default: false },
        },
      });
      return runCloud({
        root: findRoot(),
        stage: values.stage,
        watch: command === "dev",
        production: values.production,
        isVerbose: values.verbose,
        opensearch: values.opensearch,
        ...(values.faults ? { faults: path.resolve(values.faults) } : {}),
        ...(values.port ? { port: readPort(values.port) } : {}),
        ...(values.then ? { afterStart: values.then } : {}),
      });
    }
    case "shell": {
      const given = rest[0] === "--" ? rest.slice(1) : rest;
      if (given.length === 0) throw new Error("Say which command to run: local-cloud shell -- <command>.");
      const root = findRoot();
      return runCommand(given, { root: process.cwd(), variables: readEnvironment(root) });
    }
    case "reset": {
      const root = findRoot();
      process.stdout.write(reset(root) ? "All local data is removed.\n" : "There is no local data.\n");
      return 0;
    }
    case "synth":
      process.stdout.write(`${await writeSynthesis(findRoot(), rest)}\n`);
      return 0;
    case "diff":
      return runDiff(findRoot(), rest);
    case "install":
      await ensurePlatform(findRoot(), (line) => process.stdout.write(`${line}\n`));
      return 0;
    default:
      process.stdout.write(`${USAGE}\n`);
      return command === undefined || command === "help" || command === "--help" ? 0 : 2;
  }
}

/** The nearest folder from here upwards that holds an `sst.config.ts`. */
function findRoot(): string {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "sst.config.ts"))) return folder;
    if (folder === path.dirname(folder)) {
      throw new Error(`There is no sst.config.ts in ${process.cwd()} or above it.`);
    }
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`"${text}" is not a port.`);
  return port;
}

// Nothing may keep a command alive that is done, for instance a synthesis that a Ctrl-C overtook.
main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`\n${explain(error)}\n`);
    process.exit(1);
  },
);
