/**
 * npm run media -- rebuild [--after <key>] [--stage <stage>]: makes the files of all pictures anew
 * from their originals, for instance after a change of the watermark. It says how far it is;
 * broken off, it goes on with `--after` and the last key that it named.
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { createCore } from "@haru/core/core";
import type { ObjectCore } from "@haru/core/media/objects";
import { rebuild } from "@haru/core/media/rebuild";
import { connectTable } from "@haru/core/table";
import { Resource } from "sst";
import { readArguments, refuseArguments } from "./arguments.ts";

const usage = "npm run media -- rebuild [--after <key>] [--stage <stage>]";
const {
  values,
  positionals: [command, ...more],
} = readArguments(usage, { after: { type: "string", default: "" } });
if (command !== "rebuild" || more.length > 0) refuseArguments(usage);
const bucket = Resource.Media.name;
const client = new S3Client({});
const core: ObjectCore = {
  ...createCore({ table: connectTable(Resource.Table.name, new DynamoDBClient({})), locale: "ko" }),
  objects: { bucket, client },
};

const counts = { rebuilt: 0, unchanged: 0, unneeded: 0 };
let { after } = values;
for (;;) {
  const { Contents = [] } = await client.send(
    new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: "originals/",
      MaxKeys: 100,
      ...(after ? { StartAfter: after } : {}),
    }),
  );
  for (const { Key = "" } of Contents) {
    const result = await rebuild(core, Key);
    counts[result]++;
    process.stdout.write(`${Key}: ${result}\n`);
  }
  after = Contents.at(-1)?.Key ?? "";
  if (!after) break;
}
process.stdout.write(
  `${counts.rebuilt} rebuilt, ${counts.unchanged} unchanged, ${counts.unneeded} no longer shown.\n`,
);
