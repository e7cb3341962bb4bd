// npm test: installs what is missing, then everything that must stay true, in one run.
// Plain JavaScript for Node 20 until the project's own Node takes over in check.ts.
import { bootstrap, run } from "./bootstrap.mjs";

await bootstrap();
process.exitCode = await run("node", ["--import", "tsx", "scripts/check.ts", ...process.argv.slice(2)]);
