/**
 * npm run restore -- <command> [--stage <stage>]: what is needed to trust a backup (docs/runbook.md).
 *
 *   export <file>       every item of the table as a line of JSON
 *   import <file> <to>  writes such a file into another table; running it twice is as running it once
 *   compare <table>     what another table, for instance a restored one, has more or less
 *   rehearse <file>     export, a table beside, import into it, compare, and away with it again
 */
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Resource } from "sst";
import { readArguments, refuseArguments } from "./arguments.ts";
import {
  differencesOf,
  hasTable,
  type Item,
  itemOf,
  itemsOf,
  lineOf,
  makeTableLike,
  removeTable,
  summaryOf,
  writeItems,
} from "./restore/copy.ts";

const usage =
  "npm run restore -- export <file> | import <file> <table> | compare <table> | rehearse <file> [--stage <stage>]";
const [command = "", file = "", target = ""] = readArguments(usage, {}).positionals;
const client = new DynamoDBClient({});
const table = Resource.Table.name;
/** What was asked for cannot be done. */
function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

async function exportTo(path: string): Promise<void> {
  // Whoever else uses the machine has no business with people's data.
  const stream = createWriteStream(path, { mode: 0o600 });
  let count = 0;
  await pipeline(async function* () {
    for await (const item of itemsOf(client, table)) {
      count++;
      yield `${lineOf(item)}\n`;
    }
  }, stream);
  say(`${count} items of ${table} are in ${path}.`);
}

async function* itemsIn(path: string): AsyncGenerator<Item> {
  for await (const line of createInterface({ input: createReadStream(path) })) if (line) yield itemOf(line);
}

async function importFrom(path: string, into: string): Promise<void> {
  if (into === table) return refuse("A backup is never written over the table that is in use.");
  if (!(await hasTable(client, into))) return refuse(`There is no table ${into} to write to.`);
  say(`${await writeItems(client, into, itemsIn(path))} items were written to ${into}.`);
}

async function compareWith(other: string): Promise<void> {
  if (!(await hasTable(client, other))) return refuse(`There is no table ${other} to compare with ${table}.`);
  const [here, there] = [await summaryOf(itemsOf(client, table)), await summaryOf(itemsOf(client, other))];
  const differences = differencesOf(here, there);
  for (const difference of differences) say(difference);
  say(differences.length === 0 ? "Both tables hold the same." : "The tables differ.");
  process.exitCode = differences.length === 0 ? 0 : 1;
}

async function rehearse(path: string): Promise<void> {
  const beside = `${table}-rehearsal`;
  const started = performance.now();
  await exportTo(path);
  // One that was interrupted leaves its table behind.
  await removeTable(client, beside);
  await makeTableLike(client, table, beside);
  try {
    await importFrom(path, beside);
    await compareWith(beside);
  } finally {
    await removeTable(client, beside);
  }
  say(`It took ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

if (command === "export" && file) await exportTo(file);
else if (command === "import" && file && target) await importFrom(file, target);
else if (command === "compare" && file) await compareWith(file);
else if (command === "rehearse" && file) await rehearse(file);
else refuseArguments(usage);
