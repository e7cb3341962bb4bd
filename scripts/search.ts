/**
 * npm run search -- <reindex|audit|repair|status> [--stage <stage>]: looks after the search index.
 * `reindex` builds it anew beside the one that is read, `audit` compares it with the table,
 * `repair` also writes what differs, `status` says what there is and whether it is of this version.
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createCore } from "@haru/core/core";
import { audit, differences } from "@haru/core/search/audit";
import { connectIndex, noIndex } from "@haru/core/search/connect";
import { rebuild } from "@haru/core/search/rebuild";
import { analysisVersion } from "@haru/core/search/search-document";
import { connectTable } from "@haru/core/table";
import { Resource } from "sst";
import { readArguments, refuseArguments } from "./arguments.ts";

const usage = "npm run search -- <reindex|audit|repair|status> [--stage <stage>]";
const [name = "", ...more] = readArguments(usage, {}).positionals;
const say = (line: string) => process.stdout.write(`${line}\n`);
const client = new DynamoDBClient({});
const index = connectIndex(Resource.Search.endpoint, {
  region: await client.config.region(),
  credentials: () => client.config.credentials(),
});
const core = { ...createCore({ table: connectTable(Resource.Table.name, client), locale: "en" }), index };

async function readGeneration(): Promise<number> {
  const read = (await index.generations()).find(({ isRead }) => isRead);
  if (!read) throw new Error("No generation of the index is read: run npm run search -- reindex.");
  return read.number;
}

async function compare(repairs: boolean): Promise<number> {
  const report = await audit(core, { generation: await readGeneration(), repairs });
  const { posts, comments, missing, stale, ghosts } = report;
  say(
    `${posts} posts, ${comments} comments: ${missing} missing, ${stale} stale, ${ghosts} ghosts${repairs ? ", repaired" : ""}.`,
  );
  return differences(report) > 0 && !repairs ? 1 : 0;
}

const commands: Readonly<Record<string, () => Promise<number>>> = {
  async reindex() {
    const { generation, rounds, posts, comments } = await rebuild(core, (round, done) => {
      if (process.stdout.isTTY)
        process.stdout.write(`\rRound ${round}: ${done} posts and comments of a segment  `);
    });
    say(
      `Generation ${generation} holds ${posts} posts and ${comments} comments after ${rounds} rounds, and is read from now on.`,
    );
    return 0;
  },
  audit: () => compare(false),
  repair: () => compare(true),
  async status() {
    const generations = await index.generations();
    for (const { number, documents, analysis, isRead, isWritten } of generations) {
      const roles = [isRead ? "read" : "", isWritten ? "written" : ""].filter(Boolean).join(", ");
      say(`Generation ${number}: ${documents} documents, analysis ${analysis} (${roles})`);
    }
    const isCurrent = generations.some(({ isRead, analysis }) => isRead && analysis === analysisVersion);
    if (!isCurrent) say(`The code expects analysis ${analysisVersion}: run npm run search -- reindex.`);
    return isCurrent ? 0 : 1;
  },
};

const command = commands[name];
if (!command || more.length > 0) refuseArguments(usage);
if (Resource.Search.endpoint === noIndex) {
  say("This stage has no index.");
} else {
  await index.open();
  process.exitCode = await command();
  await index.close();
}
