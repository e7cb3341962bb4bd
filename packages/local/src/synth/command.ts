import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensurePlatform } from "./platform.ts";
import { recordStage } from "./record.ts";

/**
 * Writes the raw resources of a stage as JSON, `[{ urn, type, name, parent,
 * inputs }]` in the order of their URNs: for reviews (compare two), tests and
 * outside tools. Nothing is provisioned, and secrets are masked.
 *
 * @param args `--stage <stage> --out <file>`
 * @returns a sentence that says what was written
 */
export async function writeSynthesis(root: string, args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: { stage: { type: "string" }, out: { type: "string" } },
  });
  const { stage, out } = values;
  if (!stage || !out) throw new Error("Say which stage to write where: synth --stage <stage> --out <file>.");
  await ensurePlatform(root, (line) => process.stderr.write(`${line}\n`));
  const { resources } = await recordStage(root, stage);
  const written = resources.map(({ retainOnDelete, ...resource }) => resource);
  await writeFile(path.resolve(out), `${JSON.stringify(written, null, 2)}\n`);
  return `${written.length} resources of the stage "${stage}" are in ${out}.`;
}
