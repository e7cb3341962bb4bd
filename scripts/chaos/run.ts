/**
 * npm run chaos -- [--seeds <count>] [--first <seed>]: lives on the local cloud while everything
 * goes wrong, run after run, and says whether all that was promised is there in the end: nothing
 * lost, nothing twice, every dead letter explained and redriven.
 */
import path from "node:path";
import { readArguments, refuseArguments } from "../arguments.ts";
import { sampleAccounts } from "../sample-accounts.ts";
import { redriveAll } from "./dead-letters.ts";
import { broken } from "./invariants.ts";
import { live } from "./life.ts";
import { signIn } from "./person.ts";
import { mixedPlan } from "./plan.ts";

const usage = "npm run chaos -- [--seeds <count>] [--first <seed>], both whole numbers";
const { values, positionals } = readArguments(usage, {
  seeds: { type: "string", default: "1" },
  first: { type: "string", default: "1" },
});
const [first, seeds] = [Number(values.first), Number(values.seeds)];
const areWhole = Number.isInteger(first) && Number.isInteger(seeds) && seeds >= 1;
if (!areWhole || positionals.length > 0) refuseArguments(usage);
const root = path.resolve(import.meta.dirname, "../..");
process.env.LOCAL_CLOUD_DATA = ".local-cloud-chaos";
const { reset } = await import("../../packages/local/src/reset.ts");
const { startCloud } = await import("../../packages/local/src/start.ts");
const { runCommand } = await import("../../packages/local/src/shell.ts");

/** A message whose delivery was lost comes again after its visibility timeout, which is minutes. */
const settleSeconds = 900;
const say = (line: string) => process.stdout.write(`${line}\n`);
let failures = 0;

for (let seed = first; seed < first + seeds; seed++) {
  const sentences = await survive(seed);
  failures += sentences.length;
  for (const sentence of sentences) say(`  ✗ ${sentence}`);
}
say(failures === 0 ? "Everything that was promised is there." : `${failures} promises are broken.`);
process.exit(failures === 0 ? 0 : 1);

/** One run on an empty cloud. */
async function survive(seed: number): Promise<string[]> {
  reset(root);
  const cloud = await startCloud({
    root,
    // Everything is there, search included.
    stage: "e2e",
    watch: false,
    port: 3700,
    faults: mixedPlan(seed),
    log: () => {},
    step: () => () => {},
  });
  try {
    const variables = { ...cloud.variables };
    const seeded = await runCommand(["node", "--import", "tsx", "scripts/seed.ts"], { root, variables });
    if (seeded !== 0) throw new Error("The sample content could not be made.");
    const [author, reader] = await Promise.all([
      signIn(cloud, sampleAccounts[0].email),
      signIn(cloud, sampleAccounts[1].email),
    ]);
    cloud.faults?.begin();
    const from = performance.now();
    const promised = await live(author, reader, seed);
    const seconds = ((performance.now() - from) / 1000).toFixed(0);
    cloud.faults?.end();
    const faults = Object.entries(cloud.faults?.counts() ?? {}).map(([kind, count]) => `${kind} ${count}`);
    say(
      `Seed ${seed}: ${promised.posts.size} posts, ${[...promised.comments.values()].flat().length} comments, ` +
        `${promised.pictures.size} pictures and ${promised.todos.size} todos in ${seconds} s, ` +
        `${author.repetitions() + reader.repetitions()} calls repeated by people.`,
    );
    say(`  went wrong: ${faults.join(", ")}`);
    const settledFrom = performance.now();
    const sentences = await settled(cloud, () => broken(promised, author, reader));
    const outcome = sentences.length === 0 ? "whole" : "broken still";
    say(`  ${outcome} after ${((performance.now() - settledFrom) / 1000).toFixed(0)} s`);
    return sentences;
  } finally {
    await cloud.stop();
  }
}

/** What is still broken once everything has come to rest and the dead letters were given where they failed. */
async function settled(
  cloud: Awaited<ReturnType<typeof startCloud>>,
  check: () => Promise<string[]>,
): Promise<string[]> {
  const until = Date.now() + settleSeconds * 1000;
  let told = "";
  for (;;) {
    const letters = await redriveAll(cloud, (line) => say(`  dead letter in ${line}`));
    const sentences = await check();
    const line = `  ${sentences.length} promises are still to come true, for instance: ${sentences[0]}`;
    if (sentences.length > 0 && line !== told) say(line);
    told = line;
    if ((sentences.length === 0 && letters === 0) || Date.now() > until) return sentences;
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }
}
