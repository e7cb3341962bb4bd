// Runs one of the project's commands with the links of the running local cloud, or of a
// stage on AWS: `node scripts/with-links.mjs scripts/admin.ts [--stage <stage>] …`.
import { parseArgs } from "node:util";
import { bootstrap, run } from "./bootstrap.mjs";
import { stop } from "./prerequisites.mjs";

const [script, ...given] = process.argv.slice(2);
// What else there is the command reads by itself.
const { values, tokens } = parseArgs({
  args: given,
  options: { stage: { type: "string" } },
  strict: false,
  tokens: true,
});
// Nothing may go to the local cloud that was meant for another stage.
if (values.stage === true || values.stage === "" || values.stage?.startsWith("-"))
  stop("Say which stage: --stage <stage>.");
const own = new Set(
  tokens
    .filter(({ kind, name }) => kind === "option" && name === "stage")
    .flatMap(({ index, inlineValue }) => (inlineValue ? [index] : [index, index + 1])),
);

await bootstrap();
const command = ["node", "--import", "tsx", script, ...given.filter((_, index) => !own.has(index))];
if (given.includes("--help")) process.exitCode = await run(command[0], command.slice(1));
else if (values.stage)
  process.exitCode = await run("sst", ["shell", "--stage", values.stage, "--", ...command]);
else
  process.exitCode = await run("node", [
    "--import",
    "tsx",
    "packages/local/src/cli.ts",
    "shell",
    "--",
    ...command,
  ]);
