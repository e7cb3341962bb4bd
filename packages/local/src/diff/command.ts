import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensurePlatform } from "../synth/platform.ts";
import { diffStage } from "./diff.ts";

/**
 * Runs the real `sst diff` of a stage without an account, prints what it says
 * and brings the generated link types of the app and its workspaces up to date.
 *
 * @param args `--stage <stage>`; with `--check` the link types are compared and nothing is written
 * @returns the exit code: 1 when `--check` found link types that are out of date
 */
export async function runDiff(root: string, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { stage: { type: "string" }, check: { type: "boolean", default: false } },
  });
  if (!values.stage) throw new Error("Say which stage to compare: diff --stage <stage>.");
  await ensurePlatform(root, (line) => process.stderr.write(`${line}\n`));
  const { output, linkTypes } = await diffStage(root, values.stage);
  if (!values.check) process.stdout.write(output);

  const isOurs = await readWorkspaces(root);
  const stale: string[] = [];
  for (const [file, text] of linkTypes) {
    if (!isOurs(path.dirname(file))) continue;
    const written = await readFile(path.join(root, file), "utf8").catch(() => undefined);
    if (written === text) continue;
    stale.push(file);
    if (!values.check) await writeFile(path.join(root, file), text);
  }
  const files = stale.join(", ");
  if (stale.length === 0) process.stdout.write("The link types are up to date.\n");
  else if (values.check) process.stdout.write(`Out of date: ${files}. Run "npm run diff" and commit them.\n`);
  else process.stdout.write(`Brought up to date: ${files}.\n`);
  return values.check && stale.length > 0 ? 1 : 0;
}

/** SST writes link types beside every `package.json`, also into the folders of test data. */
async function readWorkspaces(root: string): Promise<(folder: string) => boolean> {
  const { workspaces = [] } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as {
    readonly workspaces?: readonly string[];
  };
  return (folder) => folder === "." || workspaces.some((pattern) => path.matchesGlob(folder, pattern));
}
