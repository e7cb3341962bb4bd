/**
 * What judging a call by its caller's policies costs on the local cloud: a read of the table through the guard
 * that judges, and through the same guard that lets everything pass, in turns.
 */
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { startTable } from "../packages/core/test/table.ts";
import { clientSettings } from "../packages/local/src/aws-client.ts";
import { dynamodbAccesses } from "../packages/local/src/iam/dynamodb-accesses.ts";
import { startGuard } from "../packages/local/src/iam/guard.ts";
import { createIam } from "../packages/local/src/iam/iam.ts";
import { credentialsOf, principalOf } from "../packages/local/src/iam/principals.ts";
import type { Resource } from "../packages/local/src/resource.ts";
import { type Figure, quantile, timeMs } from "./figure.ts";

const calls = 2_000;
const warmUps = 200;
const goalMilliseconds = 1;
const functionName = "bench";
const roleArn = "arn:aws:iam::000000000000:role/bench";
const tableArn = (name: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;

/** As the functions of posts have them: items of a dozen nouns, and the audit trail refused. */
const patterns = Array.from({ length: 12 }, (_, noun) => `$haru#noun${noun}_*`);
const statements = [
  {
    Effect: "Allow",
    Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
    Resource: [tableArn("*")],
    Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": patterns } },
  },
  {
    Effect: "Deny",
    Action: ["dynamodb:DeleteItem", "dynamodb:UpdateItem"],
    Resource: ["*"],
    Condition: { "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": ["$haru#trail_site"] } },
  },
];

export async function measure(): Promise<Figure[]> {
  const engine = await startTable();
  const iam = createIam(() => {});
  iam.define(principalOf({ name: functionName }, declared()));
  const to = { target: () => engine.url };
  const readAccesses = dynamodbAccesses({ arnOf: tableArn, partitionKeyOf: () => "pk" });
  const judging = await startGuard({ ...to, iam, readAccesses });
  const open = await startGuard({ ...to, iam: { denial: () => undefined }, readAccesses: () => [] });
  const [judged, passed] = [judging, open].map(
    ({ url }) => new DynamoDBClient({ ...clientSettings(url), credentials: credentialsOf(functionName) }),
  ) as [DynamoDBClient, DynamoDBClient];
  try {
    const read = new GetItemCommand({
      TableName: engine.table.table,
      Key: { pk: { S: "$haru#noun11_1" }, sk: { S: "1" } },
    });
    const times = { judged: [] as number[], passed: [] as number[] };
    for (let call = 0; call < calls + warmUps; call++) {
      const [ours, floor] = [await timeMs(() => judged.send(read)), await timeMs(() => passed.send(read))];
      if (call < warmUps) continue;
      times.judged.push(ours);
      times.passed.push(floor);
    }
    const [ours, floor] = [quantile(times.judged, 0.5), quantile(times.passed, 0.5)];
    return [
      { name: "judged-p50", value: ours, unit: "ms" },
      { name: "not-judged-p50", value: floor, unit: "ms" },
      {
        name: "overhead-p50",
        value: ours - floor,
        unit: "ms",
        goal: { operator: "<=", value: goalMilliseconds },
      },
    ];
  } finally {
    for (const client of [judged, passed]) client.destroy();
    for (const guard of [judging, open]) await guard.stop();
    await engine.stop();
  }
}

/** The function and its role, as a synthesis knows them. */
function declared(): Resource[] {
  const common = { urn: "", parent: undefined, id: "" };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const inputs = { inlinePolicies: [{ name: "inline", policy }] };
  return [
    {
      ...common,
      type: "aws:iam/role:Role",
      name: "BenchRole",
      inputs,
      state: { ...inputs, arn: roleArn, name: "bench" },
    },
    {
      ...common,
      type: "aws:lambda/function:Function",
      name: "BenchFunction",
      inputs: { name: functionName, role: roleArn },
      state: {},
    },
  ];
}
