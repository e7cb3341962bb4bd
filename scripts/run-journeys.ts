/**
 * Starts a local cloud of its own (its own data, a free port), seeds it, runs Playwright
 * against it and stops it. `--production` does so on the shape that is deployed, see
 * `local-cloud start --production`. Other options go to Playwright, each with its value in one
 * argument. What has no dash before it names the specs that are to run; all of them when nothing does.
 */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { refuseArguments } from "./arguments.ts";
import { chromiumPath } from "./chromium.ts";
import { personalIn } from "./personal-data.ts";

const root = path.resolve(import.meta.dirname, "..");
const dataFolder = ".local-cloud-e2e";
process.env.LOCAL_CLOUD_DATA = dataFolder;
// Whoever deploys to a domain may have it set here as well: one machine keeps to its own address.
process.env.SITE_DOMAIN = "blog.example.com";

const { reset } = await import("../packages/local/src/reset.ts");
const { startCloud } = await import("../packages/local/src/start.ts");
const { runCommand } = await import("../packages/local/src/shell.ts");

/** Any free port will do: people use 3000 for the cloud that they work with. */
const preferredPort = 3900;

const isProduction = process.argv.includes("--production");
const given = process.argv.slice(2).filter((argument) => argument !== "--production");
const specs = readdirSync(path.join(root, "e2e")).filter((file) => file.endsWith(".spec.ts"));
// Playwright takes a name for a part of a path, and is content when one of several is no part of any.
const unknown = given.find((name) => !name.startsWith("-") && !specs.some((file) => file.includes(name)));
if (unknown !== undefined) {
  const usage = "node --import tsx scripts/run-journeys.ts [--production] [<spec> …] [--option=value …]";
  refuseArguments(usage, `No journey is called "${unknown}".`);
}

/**
 * Each begins when the one before has ended. What is measured has the machine for itself, and the sample content
 * alone; what changes the whole site comes when nobody else is there.
 */
const rounds = isProduction ? [["lighthouse"], ["site", "deployed"], ["settings"]] : [["site"], ["settings"]];

function hasBrowser(): boolean {
  return chromiumPath() !== undefined || existsSync(chromium.executablePath());
}

async function installBrowser(): Promise<boolean> {
  process.stdout.write("No Chromium was found; asking Playwright to install one …\n");
  const child = spawn("playwright", ["install", "chromium"], { cwd: root, stdio: "inherit" });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

if (!hasBrowser() && !(await installBrowser())) {
  process.stderr.write(
    "The journeys need Chromium: install it (Debian: apt-get install chromium) and run this again.\n",
  );
  process.exit(1);
}

/** What logs told of people, once for each source and kind. */
const told = new Set<string>();

reset(root);
const cloud = await startCloud({
  root,
  stage: "e2e",
  watch: false,
  production: isProduction,
  port: preferredPort,
  log: ({ level, source, message }) => {
    const personal = personalIn(message);
    if (personal) told.add(`${source} logs ${personal}`);
    if (level === "error" || level === "warn") process.stdout.write(`[${source}] ${message}\n`);
  },
  step: (name) => {
    const from = performance.now();
    return () => process.stdout.write(`  ${name}: ${((performance.now() - from) / 1000).toFixed(1)} s\n`);
  },
});
try {
  const variables = { ...cloud.variables };
  const seeded = await runCommand(["node", "--import", "tsx", "scripts/seed.ts"], { root, variables });
  if (seeded !== 0) throw new Error("The sample content could not be made.");
  for (const projects of rounds) {
    const named = projects.map((name) => `--project=${name}`);
    const report = process.env.JOURNEY_REPORTS
      ? { PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(process.env.JOURNEY_REPORTS, `${projects[0]}.json`) }
      : {};
    // A round may have none of the journeys that were asked for.
    const command = ["playwright", "test", "--pass-with-no-tests", ...named, ...given] as const;
    const code = await runCommand(command, { root, variables: { ...variables, ...report } });
    if (code !== 0) process.exitCode = code;
  }
  // Every journey plants e-mails, passwords, tokens and names: none of them may come out here.
  for (const one of told) process.stdout.write(`${one}.\n`);
  if (told.size > 0) process.exitCode = 1;
  const permissions = { unusedActions: [...cloud.iam.unused()], statements: cloud.iam.evidence() };
  const file = path.join(dataFolder, "permissions.json");
  writeFileSync(path.join(root, file), JSON.stringify(permissions));
  const unneeded = permissions.statements.filter(({ denialWithout }) => denialWithout === undefined).length;
  process.stdout.write(
    `  ${unneeded} of ${permissions.statements.length} statements of policies were not needed this time, see ${file}.\n`,
  );
} finally {
  await cloud.stop();
}
