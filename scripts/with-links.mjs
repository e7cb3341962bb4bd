// Runs one of the project's commands with the links of the running local cloud, or of a
// stage on AWS: `node scripts/with-links.mjs scripts/admin.ts [--stage <stage>] …`.
import { bootstrap, run } from "./bootstrap.mjs";

await bootstrap();
const [script, ...given] = process.argv.slice(2);
const at = given.indexOf("--stage");
const stage = at < 0 ? undefined : given[at + 1];
const rest = at < 0 ? given : given.toSpliced(at, 2);
const command = ["node", "--import", "tsx", script, ...rest];
process.exitCode = stage
  ? await run("sst", ["shell", "--stage", stage, "--", ...command])
  : await run("node", ["--import", "tsx", "packages/local/src/cli.ts", "shell", "--", ...command]);
