import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Endpoints } from "./cloud.ts";
import { dataFolderOf, runningProcess } from "./data-folder.ts";
import { engineVariables } from "./function/variables.ts";

/** What a command gets to reach the running local cloud, as `sst shell` gives it for a stage on AWS. */
export function shellVariables(running: {
  readonly app: { readonly name: string; readonly stage: string };
  readonly endpoints: Endpoints;
  readonly links: Readonly<Record<string, unknown>>;
  readonly frontDoorUrl: string;
}): Record<string, string> {
  const { endpoints, links, frontDoorUrl } = running;
  const { name, stage } = running.app;
  return {
    ...engineVariables(endpoints),
    SST_RESOURCES_JSON: JSON.stringify({ App: { name, stage }, ...links }),
    SST_STAGE: stage,
    LOCAL_CLOUD_URL: frontDoorUrl,
  };
}

function environmentFile(root: string): string {
  return path.join(dataFolderOf(root), "environment.json");
}

/** Lets `local-cloud shell` find the running cloud. Answers how to take that back. */
export function publishEnvironment(root: string, variables: Record<string, string>): () => void {
  const file = environmentFile(root);
  writeFileSync(file, JSON.stringify(variables, null, 2), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/**
 * The variables of the running cloud.
 * @throws Error with one sentence when none runs
 */
export function readEnvironment(root: string): Record<string, string> {
  if (runningProcess(root) === undefined || !existsSync(environmentFile(root))) {
    throw new Error(
      `No local cloud runs for ${root} (or it is not ready yet): start it in another terminal first.`,
    );
  }
  return JSON.parse(readFileSync(environmentFile(root), "utf8")) as Record<string, string>;
}

/** Runs a command with those variables over this process's own; answers its exit code. */
export function runCommand(
  command: readonly string[],
  options: { readonly root: string; readonly variables: Record<string, string>; readonly shell?: boolean },
): Promise<number> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd: options.root,
    stdio: "inherit",
    shell: options.shell ?? false,
    env: { ...process.env, ...options.variables },
  });
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`"${program}" cannot be run: ${error.message}.`)));
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}
