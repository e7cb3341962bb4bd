/**
 * Runs every check of the project, goes on after a failure, and ends with one plain line:
 * `N passed, N failed, N skipped`. A check without cases of its own (the formatter, say)
 * counts as one. Names given as arguments run only those. What needs one processor runs
 * beside another such check; what uses the whole machine runs alone.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as z from "zod";
import { readArguments, refuseArguments } from "./arguments.ts";

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface Outcome extends Count {
  /** The failed cases, by file and title. */
  readonly failures: readonly string[];
  /** Cases that failed once and passed when they were tried again. */
  readonly flaky?: readonly string[];
}

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
  /** Names of the checks whose results it reads. They need not have passed. */
  readonly after?: readonly string[];
  /** Uses the whole machine: no other check begins meanwhile, and its output is shown as it comes. */
  readonly alone?: true;
  /** Takes one processor for so long that the next check, which uses the whole machine, need not wait for its end. */
  readonly long?: true;
  /** Reads how many cases there were from what the runner reported; one case without it. */
  readonly count?: () => Outcome;
}

const root = path.resolve(import.meta.dirname, "..");
/** What the runners report of their cases. */
const reports = mkdtempSync(path.join(tmpdir(), "haru-reports-"));
const unitReport = path.join(reports, "unit.json");

const unitReportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

function countUnitTests(): Outcome {
  const report = unitReportSchema.parse(JSON.parse(readFileSync(unitReport, "utf8")));
  const failures = report.testResults
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, assertionResults }) => {
      const file = path.relative(root, name);
      const failed = assertionResults.filter(({ status }) => status === "failed");
      // A file that cannot even be loaded, or whose hook fails, has no failed test of its own.
      return failed.length > 0
        ? failed.map(({ fullName }) => `${file}: ${fullName}`)
        : [`${file}: the file itself`];
    });
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

const specSchema = z.object({
  title: z.string(),
  ok: z.boolean(),
  file: z.string(),
  tests: z.array(z.object({ projectName: z.string(), status: z.string() })),
});
interface Suite {
  readonly specs: readonly z.infer<typeof specSchema>[];
  readonly suites?: readonly Suite[] | undefined;
}
const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(specSchema), suites: z.array(suiteSchema).optional() }),
);
const journeyReportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(suiteSchema),
});

function specsOf({ specs, suites = [] }: Suite, outcome: "unexpected" | "flaky"): readonly string[] {
  return [
    ...specs.flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === outcome)
        .map(({ projectName }) => `${file}: ${title} (${projectName})`),
    ),
    ...suites.flatMap((suite) => specsOf(suite, outcome)),
  ];
}

/** Of all rounds of Playwright that reported to a folder. */
function countJourneys(folder: string): Outcome {
  const rounds = readdirSync(folder).map((file) =>
    journeyReportSchema.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8"))),
  );
  const sum = (read: (stats: z.infer<typeof journeyReportSchema>["stats"]) => number) =>
    rounds.reduce((total, { stats }) => total + read(stats), 0);
  const suites = rounds.flatMap((round) => round.suites);
  return {
    passed: sum(({ expected, flaky }) => expected + flaky),
    failed: sum(({ unexpected }) => unexpected),
    skipped: sum(({ skipped }) => skipped),
    failures: suites.flatMap((suite) => specsOf(suite, "unexpected")),
    flaky: suites.flatMap((suite) => specsOf(suite, "flaky")),
  };
}

/** A browser on a machine that others use may stall for once; what passes at the second try only is named. */
const retry = ["--retries=1"];

/** Journeys in a real browser, as `scripts/run-journeys.ts` takes its arguments. */
function journeys(name: string, ...args: readonly string[]): Check {
  const folder = mkdtempSync(path.join(reports, "journeys-"));
  return {
    name,
    command: ["node", "--import", "tsx", "scripts/run-journeys.ts", ...args, ...retry],
    environment: { JOURNEY_REPORTS: folder },
    alone: true,
    count: () => countJourneys(folder),
  };
}

const checks: readonly Check[] = [
  { name: "platform", command: ["node", "--import", "tsx", "packages/local/src/cli.ts", "install"] },
  { name: "format and lint", command: ["biome", "ci", "."] },
  { name: "licences", command: ["node", "--import", "tsx", "scripts/check-licences.ts"] },
  { name: "types: core", command: ["tsc", "-p", "packages/core"] },
  { name: "types: functions", command: ["tsc", "-p", "packages/functions"] },
  { name: "types: local", command: ["tsc", "-p", "packages/local"] },
  { name: "types: console", command: ["tsc", "-p", "packages/local/src/console/page"] },
  // The names of the built files are a type of the site's, so they come first.
  { name: "site assets", command: ["node", "--import", "tsx", "packages/web/scripts/build-assets.ts"] },
  { name: "types: web", command: ["tsc", "-p", "packages/web"], after: ["site assets"] },
  {
    name: "sst diff and link types",
    command: ["node", "--import", "tsx", "packages/local/src/cli.ts", "diff", "--stage", "ci", "--check"],
    after: ["platform"],
    long: true,
  },
  { name: "unused code", command: ["knip"], after: ["platform", "site assets"] },
  { name: "types: infra", command: ["tsc", "-p", "tsconfig.infra.json"], after: ["platform"] },
  {
    name: "types: scripts, e2e, bench",
    command: ["tsc", "-p", "tsconfig.json"],
    after: ["platform", "site assets"],
  },
  {
    name: "unit and integration tests",
    command: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`],
    alone: true,
    count: countUnitTests,
  },
  // All others run on what is deployed; this is the shape that `npm start` has.
  journeys("first journey on Next.js itself", "first-journey"),
  journeys("all journeys on the deployed shape", "--production"),
];

interface Ended {
  readonly exitCode: number;
  /** What a check printed that did not run alone. */
  readonly output: string;
}

function execute({ command: [command, ...args], environment, alone }: Check): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: alone ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ exitCode: 127, output: `${error.message}\n` }));
    child.on("close", (code) => resolve({ exitCode: code ?? 1, output }));
  });
}

const usage = `npm test -- [part of a name …], of: ${checks.map(({ name }) => name).join("; ")}`;
const { positionals: wanted } = readArguments(usage, {});
const chosen = wanted.length
  ? checks.filter(({ name }) => wanted.some((part) => name.includes(part)))
  : checks;
if (chosen.length === 0) refuseArguments(usage);
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
const flaky: string[] = [];
const started = performance.now();

async function perform(check: Check): Promise<void> {
  const from = performance.now();
  process.stdout.write(`── ${check.name} …\n`);
  const { exitCode, output } = await execute(check);
  let count: Outcome = {
    passed: exitCode === 0 ? 1 : 0,
    failed: exitCode === 0 ? 0 : 1,
    skipped: 0,
    failures: [],
  };
  if (check.count) {
    try {
      count = check.count();
    } catch (error) {
      process.stdout.write(`No readable report of ${check.name}: ${String(error)}\n`);
    }
    // A runner that fails without a failed case (a crash, no test at all) is a failure all the same.
    if (count.failed === 0 && (exitCode !== 0 || count.passed === 0)) count = { ...count, failed: 1 };
  }
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  flaky.push(...(count.flaky ?? []));
  if (count.failed > 0) failures.push(check.name, ...count.failures.map((failure) => `  ${failure}`));
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  const verdict = count.failed > 0 ? "FAILED" : "ok";
  process.stdout.write(`${output}── ${check.name}: ${verdict} in ${seconds} s\n`);
}

/** One for each processor of a small machine. */
const LANES = 2;

/** Starts the checks in their order, each as soon as a lane and what it reads are there. */
async function performAll(): Promise<void> {
  const waiting = [...chosen];
  const running = new Map<string, Promise<void>>();
  const mayGoOn = new Set(chosen.filter(({ long }) => long).map(({ name }) => name));
  const isPending = (name: string) => running.has(name) || waiting.some((check) => check.name === name);
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(({ after = [] }) => !after.some(isPending));
    const check = waiting[next];
    const isFree = check?.alone
      ? [...running.keys()].every((name) => mayGoOn.has(name))
      : running.size < LANES;
    if (check && isFree) {
      waiting.splice(next, 1);
      const performed = perform(check).then(() => {
        running.delete(check.name);
      });
      running.set(check.name, performed);
      if (!check.alone) continue;
    }
    await Promise.race(running.values());
  }
}

await performAll();

rmSync(reports, { recursive: true, force: true });
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
process.stdout.write(`\nAll checks took ${minutes} min.\n`);
if (flaky.length > 0) process.stdout.write(`Passed at the second try only:\n  ${flaky.join("\n  ")}\n`);
if (failures.length > 0) process.stdout.write(`Failed:\n${failures.join("\n")}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
