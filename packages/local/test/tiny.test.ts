import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientSettings } from "../src/aws-client.ts";
import type { Log } from "../src/cloud.ts";
import { freePort } from "../src/engine/port.ts";
import { type RunningCloud, startCloud } from "../src/start.ts";
import { copyTinyApp } from "./tiny-app.ts";
import { until } from "./wait.ts";

interface Outputs {
  readonly url: string;
  readonly api: string;
  readonly notes: string;
  readonly uploads: string;
  readonly jobs: string;
  readonly dead: string;
  readonly people: string;
  readonly web: string;
}

let app: Awaited<ReturnType<typeof copyTinyApp>>;
let port: number;
let cloud: RunningCloud;
let outputs: Outputs;
let clients: ReturnType<typeof createClients>;
const lines: Parameters<Log>[0][] = [];

beforeAll(async () => {
  app = await copyTinyApp();
  port = await freePort();
  await start();
});
afterAll(async () => {
  await stop();
  app.remove();
});

async function start(): Promise<void> {
  cloud = await startCloud({
    root: app.root,
    stage: "test",
    watch: false,
    port,
    log: (line) => lines.push(line),
    step: () => () => {},
  });
  outputs = cloud.outputs as unknown as Outputs;
  clients = createClients();
}

async function stop(): Promise<void> {
  for (const client of Object.values(clients)) client.destroy();
  await cloud.stop();
}

function createClients() {
  const { dynamodb, s3, sqs, cognito } = cloud.endpoints;
  return {
    table: new DynamoDBClient(clientSettings(dynamodb)),
    bucket: new S3Client({ ...clientSettings(s3), requestChecksumCalculation: "WHEN_REQUIRED" }),
    queue: new SQSClient(clientSettings(sqs)),
    people: new CognitoIdentityProviderClient(clientSettings(cognito)),
  };
}

/** What a function saved under an id, and how often. */
async function saved(id: string): Promise<{ value: unknown; seen: number } | undefined> {
  const { Item } = await clients.table.send(
    new GetItemCommand({ TableName: outputs.notes, Key: { id: { S: id } }, ConsistentRead: true }),
  );
  return Item && { value: JSON.parse(Item.value?.S ?? "null"), seen: Number(Item.seen?.N) };
}

const writeNote = (id: string) =>
  clients.table.send(
    new PutItemCommand({ TableName: outputs.notes, Item: { id: { S: id }, value: { S: "{}" } } }),
  );

/** Takes messages from the dead-letter queue until one fits. */
const deadLetter = (what: string, fits: (body: string) => boolean) =>
  until(what, 30, async () => {
    const { Messages } = await clients.queue.send(
      new ReceiveMessageCommand({ QueueUrl: outputs.dead, MaxNumberOfMessages: 10, VisibilityTimeout: 1 }),
    );
    return Messages?.find(({ Body = "" }) => fits(Body))?.Body;
  });

describe("HTTP", () => {
  test("a public route answers at the API's own address and through the front door", async () => {
    for (const address of [`${outputs.api}/greeting`, `${outputs.url}/api/greeting`]) {
      const response = await fetch(address);
      expect([response.status, await response.json()]).toEqual([200, { greeting: "hello", stage: "test" }]);
    }
    expect(outputs.url).toBe(cloud.frontDoorUrl);
  });

  test("a route with a JWT authorizer takes the user pool's tokens and nothing else", async () => {
    const address = `${outputs.url}/api/notes/mine`;
    const put = (authorization?: string) =>
      fetch(address, { method: "PUT", body: "dear diary", headers: authorization ? { authorization } : {} });
    expect((await put()).status).toBe(401);
    expect((await put("Bearer forged.token.here")).status).toBe(401);
    const { sub, token } = await signIn("writer@example.com");
    expect((await put(`Bearer ${token}`)).status).toBe(204);
    expect(await (await fetch(address)).json()).toEqual({ id: "mine", text: "dear diary", owner: sub });
  });

  test("a function without the link fails, and the log names function and resource", async () => {
    const response = await fetch(`${outputs.api}/unlinked`);
    expect([response.status, await response.json()]).toEqual([500, { message: "Internal Server Error" }]);
    const complaint = lines.find(({ message }) =>
      message.includes(`"Notes" is not linked in your sst.config.ts to `),
    );
    expect(complaint?.message).toContain(`to ${complaint?.source}`);
    expect(complaint?.level).toBe("error");
  });

  async function signIn(email: string): Promise<{ sub: string; token: string }> {
    const UserPoolId = outputs.people;
    const Password = "Correct-horse-7";
    const { User } = await clients.people.send(
      new AdminCreateUserCommand({ UserPoolId, Username: email, MessageAction: "SUPPRESS" }),
    );
    await clients.people.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password, Permanent: true }),
    );
    const { AuthenticationResult } = await clients.people.send(
      new InitiateAuthCommand({
        ClientId: outputs.web,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: email, PASSWORD: Password },
      }),
    );
    const sub = User?.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
    return { sub, token: AuthenticationResult?.IdToken ?? "" };
  }
});

describe("events", () => {
  test("a row that fits the filter reaches the stream's subscriber once", async () => {
    await writeNote("note#first");
    const audit = await until("the audit", 20, () => saved("audit#note#first"));
    expect(audit).toEqual({ value: { eventName: "INSERT" }, seen: 1 });
  });

  test("a poison row between good ones is given up to the failure queue, and the good ones pass", async () => {
    for (const id of ["note#before", "note#poison", "note#after"]) await writeNote(id);
    for (const id of ["before", "after"]) {
      const audit = await until(`the audit of ${id}`, 30, () => saved(`audit#note#${id}`));
      expect(audit.seen).toBe(1);
    }
    const record = JSON.parse(
      await deadLetter("the failure record", (body) => body.includes("DDBStreamBatchInfo")),
    );
    expect(record.requestContext.condition).toBe("RetryAttemptsExhausted");
    expect(record.DDBStreamBatchInfo.batchSize).toBe(1);
  });

  test("an uploaded object reaches the function through notification and queue, if its key has the prefix", async () => {
    const upload = (Key: string) =>
      clients.bucket.send(new PutObjectCommand({ Bucket: outputs.uploads, Key, Body: `I am ${Key}` }));
    await upload("out/ignored.txt");
    await upload("in/봄 날.txt");
    const seen = await until("the upload", 30, () => saved("upload#in/봄 날.txt"));
    expect(seen.value).toEqual({ text: "I am in/봄 날.txt" });
    expect(await saved("upload#out/ignored.txt")).toBeUndefined();
  });

  test("a message that always fails ends in the dead-letter queue", async () => {
    const MessageBody = JSON.stringify({ always: "fails" });
    await clients.queue.send(new SendMessageCommand({ QueueUrl: outputs.jobs, MessageBody }));
    expect(await deadLetter("the message", (body) => body === MessageBody)).toBe(MessageBody);
  });

  test("a schedule runs its function", { timeout: 120_000 }, async () => {
    await until("the tick", 90, () => saved("tick"));
  });
});

describe("whatever happens", () => {
  test("the table engine is killed: the next requests work, the data is there, the stream goes on", async () => {
    await writeNote("note#kept");
    await until("the audit", 20, () => saved("audit#note#kept"));
    const killed = cloud.tableEnginePid();
    process.kill(killed, "SIGKILL");
    await until("the restart", 20, () => cloud.tableEnginePid() !== killed);
    expect(await (await fetch(`${outputs.api}/notes/${encodeURIComponent("note#kept")}`)).json()).toEqual({
      id: "note#kept",
    });
    await writeNote("note#later");
    await until("the audit after the restart", 30, () => saved("audit#note#later"));
  });

  test("after a restart rows, ids and addresses are the same, and no event is seen again", async () => {
    await writeNote("note#across");
    await until("the audit", 20, () => saved("audit#note#across"));
    const before = outputs;
    await stop();
    await expect(fetch(`${before.api}/greeting`)).rejects.toThrow();
    await start();
    expect(outputs).toEqual(before);
    await writeNote("note#next");
    await until("the audit of the next note", 30, () => saved("audit#note#next"));
    expect((await saved("audit#note#across"))?.seen).toBe(1);
    expect((await saved("audit#note#first"))?.seen).toBe(1);
  });

  test("a table engine that keeps dying ends the run with one sentence, and the rest stops clean", async () => {
    let last = 0;
    for (let kill = 0; kill < 4; kill++) {
      await until("the restart", 30, () => cloud.tableEnginePid() !== last);
      last = cloud.tableEnginePid();
      process.kill(last, "SIGKILL");
    }
    const reason = await cloud.failed;
    expect(reason.message).toMatch(/^the table engine died 4 times .* and is not restarted\.$/);
    lines.length = 0;
    await stop();
    expect(lines.filter(({ source }) => source === "stop")).toEqual([]);
    expect(await fetch(cloud.frontDoorUrl).catch(() => "stopped")).toBe("stopped");
  });

  test("a resource that nobody provisions ends the start with type, component and file", async () => {
    process.env.TINY_UNKNOWN = "1";
    const failure = await start().then(
      () => undefined,
      (error: Error) => error,
    );
    delete process.env.TINY_UNKNOWN;
    expect(failure?.message).toBe(
      'aws:kinesis/stream:Stream "LakeStream" of sst:aws:KinesisStream "Lake" (infra/unknown.ts:2) ' +
        "could not be provisioned: the local cloud has no provider for this type.",
    );
  });
});
