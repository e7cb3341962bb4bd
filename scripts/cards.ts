/**
 * npm run cards -- rebuild [--stage <stage>]: draws the pictures that shared links show for every
 * published post whose card is not what it would be now, such as those of posts that are older than
 * cards. It says how far it is; broken off, it may simply be run again.
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import type { Kept } from "@haru/core/card/card";
import { rebuildCards } from "@haru/core/card/rebuild";
import { createCore } from "@haru/core/core";
import type { ObjectCore } from "@haru/core/media/objects";
import { connectTable } from "@haru/core/table";
import { Resource } from "sst";
import { readArguments, refuseArguments } from "./arguments.ts";

const usage = "npm run cards -- rebuild [--stage <stage>]";
const [command, ...more] = readArguments(usage, {}).positionals;
if (command !== "rebuild" || more.length > 0) refuseArguments(usage);
const core: ObjectCore = {
  ...createCore({ table: connectTable(Resource.Table.name, new DynamoDBClient({})), locale: "ko" }),
  objects: { bucket: Resource.Media.name, client: new S3Client({}) },
};
const counts: Record<Kept, number> = { drawn: 0, unchanged: 0, removed: 0 };
await rebuildCards(core, (postId, kept) => {
  counts[kept]++;
  process.stdout.write(`${postId}: ${kept}\n`);
});
process.stdout.write(
  `${counts.drawn} drawn, ${counts.unchanged} unchanged, ${counts.removed} of posts that have left meanwhile.\n`,
);
