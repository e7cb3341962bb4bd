import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { DeleteObjectsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clientSettings } from "../aws-client.ts";
import { startS3Guard } from "../engine/s3-guard.ts";
import type { Resource } from "../resource.ts";
import { cognitoAccesses, s3Accesses, sqsAccesses } from "./accesses.ts";
import { dynamodbAccesses } from "./dynamodb-accesses.ts";
import { type Guard, startGuard } from "./guard.ts";
import { createIam, type Iam } from "./iam.ts";
import { credentialsOf, principalOf } from "./principals.ts";

const TABLE = "arn:aws:dynamodb:ddblocal:000000000000:table/notes";
const QUEUE = "arn:aws:sqs:us-east-1:000000000000:jobs";
const tableArn = (name: string) => `arn:aws:dynamodb:ddblocal:000000000000:table/${name}`;

/** Answers every call with an empty object, and says which came. */
let engine: Server;
const reached: string[] = [];
let iam: Iam;
let said: string[];
let dynamodb: Guard;
let sqs: Guard;
beforeAll(async () => {
  engine = createServer((request, response) => {
    reached.push(String(request.headers["x-amz-target"]));
    request.resume();
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end("{}");
  });
  await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
  const target = () => `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const judge: Pick<Iam, "denial"> = { denial: (...given) => iam.denial(...given) };
  dynamodb = await startGuard({
    target,
    iam: judge,
    readAccesses: dynamodbAccesses({ arnOf: tableArn, partitionKeyOf: () => "pk" }),
  });
  sqs = await startGuard({ target, iam: judge, readAccesses: sqsAccesses });
});
afterAll(async () => {
  await dynamodb.stop();
  await sqs.stop();
  engine.closeAllConnections();
  engine.close();
});
beforeEach(() => {
  reached.length = 0;
  said = [];
  iam = createIam(({ source, message }) => void said.push(`${source} ${message}`));
});

function role(...statements: object[]): Resource[] {
  const common = { urn: "", parent: undefined, id: "" };
  const arn = "arn:aws:iam::000000000000:role/notes-role";
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const inputs = { inlinePolicies: [{ name: "inline", policy }] };
  return [
    {
      ...common,
      type: "aws:iam/role:Role",
      name: "NotesRole",
      inputs,
      state: { ...inputs, arn, name: "notes-role" },
    },
    {
      ...common,
      type: "aws:lambda/function:Function",
      name: "NotesFunction",
      inputs: { name: "notes", role: arn },
      state: {},
    },
  ];
}

const allow = (Action: string[], Resource: string[]) => ({ Effect: "Allow", Action, Resource });
const define = (...statements: object[]) => iam.define(principalOf({ name: "notes" }, role(...statements)));
const settings = (guard: Guard) => ({ ...clientSettings(guard.url), credentials: credentialsOf("notes") });
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "reached the engine",
    (error: Error) => `${error.name}: ${error.message}`,
  );

test("a call that no statement allows is answered as AWS does, and does not reach the engine", async () => {
  define(allow(["dynamodb:Query"], [TABLE]));
  const client = new DynamoDBClient(settings(dynamodb));
  const call = new GetItemCommand({ TableName: "notes", Key: { pk: { S: "1" } } });
  expect(await refusal(client.send(call))).toBe(
    `AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role/notes-role/notes is not authorized to perform: dynamodb:GetItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:GetItem action`,
  );
  expect(reached).toEqual([]);
  expect(said).toEqual([
    `notes may not dynamodb:GetItem on ${TABLE}; missing: { actions: ["dynamodb:GetItem"], resources: ["${TABLE}"] }`,
  ]);
  client.destroy();
});

test("every part of a transaction and of a batch is judged", async () => {
  define(allow(["dynamodb:PutItem", "dynamodb:BatchGetItem"], [TABLE]));
  const client = new DynamoDBClient(settings(dynamodb));
  const Item = { pk: { S: "1" } };
  const put = { Put: { TableName: "notes", Item } };
  const check = { ConditionCheck: { TableName: "notes", Key: Item, ConditionExpression: "x" } };
  const write = (...TransactItems: (typeof put | typeof check)[]) =>
    refusal(client.send(new TransactWriteItemsCommand({ TransactItems })));
  expect(await write(put)).toBe("reached the engine");
  expect(await write(put, check)).toContain("dynamodb:ConditionCheckItem");
  const read = (...tables: string[]) =>
    refusal(
      client.send(
        new BatchGetItemCommand({
          RequestItems: Object.fromEntries(tables.map((table) => [table, { Keys: [Item] }])),
        }),
      ),
    );
  expect(await read("notes")).toBe("reached the engine");
  expect(await read("notes", "other")).toContain(`dynamodb:BatchGetItem on resource: ${tableArn("other")}`);
  client.destroy();
});

test("a batch of messages needs the action of one, at the queue of its address", async () => {
  define(allow(["sqs:SendMessage"], [QUEUE]));
  const client = new SQSClient({ ...settings(sqs), md5: false });
  const send = (name: string) => {
    const QueueUrl = `${sqs.url}/000000000000/${name}`;
    const Entries = [{ Id: "1", MessageBody: "x" }];
    return refusal(client.send(new SendMessageBatchCommand({ QueueUrl, Entries })));
  };
  expect(await send("jobs")).toBe("reached the engine");
  expect(await send("others")).toContain("AccessDenied");
  client.destroy();
});

test("objects are judged by their key, before anything is stored", async () => {
  define(allow(["s3:PutObject"], ["arn:aws:s3:::media/uploads/*"]));
  const target = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const objects = await startS3Guard({ target, iam, log: () => {} });
  const client = new S3Client({ ...settings(objects), forcePathStyle: true });
  const put = (Key: string) =>
    refusal(client.send(new PutObjectCommand({ Bucket: "media", Key, Body: "x" })));
  expect(await put("uploads/a b.txt")).toBe("reached the engine");
  expect(await put("variants/a.txt")).toContain(
    "is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::media/variants/a.txt",
  );
  client.destroy();
  await objects.stop();
});

test("many deletions in one call are judged key by key", async () => {
  define(allow(["s3:DeleteObject"], ["arn:aws:s3:::media/uploads/*"]));
  const target = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const objects = await startS3Guard({ target, iam, log: () => {} });
  const client = new S3Client({ ...settings(objects), forcePathStyle: true });
  const remove = (...keys: string[]) => {
    const Delete = { Objects: keys.map((Key) => ({ Key })) };
    return refusal(client.send(new DeleteObjectsCommand({ Bucket: "media", Delete })));
  };
  // The engine of this test answers no XML.
  await remove("uploads/a & b.txt", "uploads/c.txt");
  expect(reached).toHaveLength(1);
  expect(await remove("uploads/c.txt", "variants/<a>.txt")).toContain(
    "is not authorized to perform: s3:DeleteObject on resource: arn:aws:s3:::media/variants/<a>.txt",
  );
  expect(reached).toHaveLength(1);
  client.destroy();
  await objects.stop();
});

test("the local cloud's own calls are not judged", async () => {
  define();
  const client = new DynamoDBClient(clientSettings(dynamodb.url));
  const call = new GetItemCommand({ TableName: "notes", Key: { pk: { S: "1" } } });
  expect(await refusal(client.send(call))).toBe("reached the engine");
  client.destroy();
});

test("what no call needed is told, and only that", async () => {
  define(allow(["dynamodb:PutItem", "dynamodb:Scan", "logs:PutLogEvents"], [TABLE]));
  const { accessKeyId } = credentialsOf("notes");
  iam.denial(accessKeyId, [{ action: "dynamodb:PutItem", resource: TABLE }]);
  expect([...iam.unused()]).toEqual([["notes", [`dynamodb:Scan on ${TABLE}`]]]);
});

test("for every statement a call is kept that it alone allows, with what AWS says to it without the statement", () => {
  define(
    allow(["dynamodb:GetItem", "dynamodb:Query"], [TABLE, `${TABLE}/index/*`]),
    allow(["dynamodb:Query"], [`${TABLE}/index/*`]),
    allow(["sqs:SendMessage"], [QUEUE]),
    allow(["logs:PutLogEvents"], ["*"]),
  );
  const { accessKeyId } = credentialsOf("notes");
  const call = (action: string, resource: string) => iam.denial(accessKeyId, [{ action, resource }]);
  const denials = () => iam.evidence().map(({ denialWithout }) => denialWithout);
  call("dynamodb:Query", `${TABLE}/index/gsi1`);
  expect(denials()).toEqual([undefined, undefined, undefined]);
  call("dynamodb:GetItem", TABLE);
  call("sqs:SendMessage", QUEUE);
  expect(denials()).toEqual([
    `User: arn:aws:sts::000000000000:assumed-role/notes-role/notes is not authorized to perform: dynamodb:GetItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:GetItem action`,
    undefined,
    expect.stringContaining(`/notes is not authorized to perform: sqs:SendMessage on resource: ${QUEUE}`),
  ]);
});

describe("what a call needs:", () => {
  const about = { method: "GET", target: "/", operation: undefined, body: "" };
  test.each([
    [s3Accesses, { target: "/media/a%20b" }, "s3:GetObject arn:aws:s3:::media/a b"],
    [s3Accesses, { target: "/media?list-type=2" }, "s3:ListBucket arn:aws:s3:::media"],
    [s3Accesses, { target: "/media/a?uploads=", method: "POST" }, "s3:PutObject arn:aws:s3:::media/a"],
    [s3Accesses, { target: "/media/a?tagging", method: "PUT" }, "s3:PutObjectTagging arn:aws:s3:::media/a"],
    [
      s3Accesses,
      { target: "/media?delete", method: "POST", body: "<Key>a&amp;b/&#xD55C;.txt</Key>" },
      "s3:DeleteObject arn:aws:s3:::media/a&b/한.txt",
    ],
    [
      cognitoAccesses,
      { operation: "AWSCognitoIdentityProviderService.AdminGetUser", body: '{"UserPoolId":"p"}' },
      "cognito-idp:AdminGetUser arn:aws:cognito-idp:us-east-1:000000000000:userpool/p",
    ],
    [cognitoAccesses, { operation: "AWSCognitoIdentityProviderService.SignUp" }, ""],
  ])("%# %j", (read, request, needed) => {
    const accesses = read({ ...about, ...request });
    expect(accesses.map(({ action, resource }) => `${action} ${resource}`).join()).toBe(needed);
  });
});
