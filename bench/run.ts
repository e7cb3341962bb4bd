/** npm run bench -- <name>: runs one bench, or all, and prints its figures with their goals. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { serveSharedEngines } from "../packages/local/test/shared-engines.ts";
import { readArguments, refuseArguments } from "../scripts/arguments.ts";
import { type Figure, formatFigure } from "./figure.ts";

const shared = new Set(["run.ts", "figure.ts", "cloud.ts", "weight.ts", "load.ts", "browser.ts"]);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !shared.has(file))
  .map((file) => path.basename(file, ".ts"));

const usage = `npm run bench -- <name> …, one of: ${names.join(", ")}`;
const { positionals: wanted } = readArguments(usage, {});
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0 || wanted.length === 0) refuseArguments(usage);

// Benches of the core alone use the engines of its tests.
const engines = await serveSharedEngines();
try {
  for (const name of wanted) {
    const bench = (await import(`./${name}.ts`)) as { measure(): Promise<readonly Figure[]> };
    const figures = await bench.measure();
    process.stdout.write(`\n${figures.map((figure) => formatFigure(name, figure)).join("\n")}\n`);
  }
} finally {
  await engines.stop();
}
