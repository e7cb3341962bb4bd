// npm start, npm run dev: the whole system on this machine, with sample content.
import { bootstrap, run } from "./bootstrap.mjs";

await bootstrap();
const [mode = "start", ...rest] = process.argv.slice(2);
process.exitCode = await run("node", [
  "--import",
  "tsx",
  "packages/local/src/cli.ts",
  mode,
  "--then",
  "node --import tsx scripts/seed.ts",
  ...rest,
]);
