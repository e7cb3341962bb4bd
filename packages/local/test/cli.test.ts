import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataFolderOf } from "../src/data-folder.ts";
import { freePort } from "../src/engine/port.ts";
import { copyTinyApp } from "./tiny-app.ts";
import { until } from "./wait.ts";

const CLI = path.resolve(import.meta.dirname, "../src/cli.ts");
const ARGUMENTS = ["--import", import.meta.resolve("tsx"), CLI];
const START_SECONDS = 120;
/** The goal is one second, on a machine that does nothing else. */
const CHANGE_SECONDS = 5;

type App = Awaited<ReturnType<typeof copyTinyApp>>;
let app: App;
/** Of the front door, the same for every app of a test, so that the second one has to take the next. */
let port: string;
const apps: App[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  port = String(await freePort());
  app = await newApp();
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await new Promise((resolve) => child.once("exit", resolve));
    }
  }
  for (const { remove } of apps.splice(0)) remove();
});

async function newApp(): Promise<App> {
  const copy = await copyTinyApp();
  apps.push(copy);
  return copy;
}

interface Running {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  text(): string;
  readonly url: string;
  /** Address of the table engine, the one that is a process of its own. */
  readonly tableUrl: string;
}

/** Starts the cloud as in a terminal and waits until it says that it is ready. */
const start = (root: string, ...options: string[]) => begin(root, "start", ...options);

async function begin(root: string, command: "start" | "dev", ...options: string[]): Promise<Running> {
  const child = spawn(process.execPath, [...ARGUMENTS, command, "--port", port, ...options], { cwd: root });
  children.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let hasExited = false;
  void exit.then(() => (hasExited = true));
  await until("the start", START_SECONDS, () => {
    if (hasExited) throw new Error(`The command ended:\n${output}`);
    return output.includes("Ready after");
  });
  const url = /Open +(http:\S+)/.exec(output)?.[1] ?? "";
  const environment = JSON.parse(readFileSync(path.join(dataFolderOf(root), "environment.json"), "utf8"));
  return { child, exit, text: () => output, url, tableUrl: environment.AWS_ENDPOINT_URL_DYNAMODB };
}

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Runs a command of the CLI to its end. */
const run = (root: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [...ARGUMENTS, ...args], { cwd: root }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: "" }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

test(
  "a cloud starts and tells its steps, is killed, finds its data, runs once for a copy, and stops clean",
  async () => {
    const then = `node -e "console.log('then:', JSON.parse(process.env.SST_RESOURCES_JSON).Notes.name)"`;
    const first = await start(app.root, "--then", then);
    const lines = first.text().split("\n");
    for (const step of ["Engines", "Program", "Connections"]) {
      expect(lines.some((line) => new RegExp(`^  ${step} +\\d+\\.\\d s`).test(line))).toBe(true);
    }
    expect(first.text()).toContain("then: tiny-local-NotesTable");
    expect(first.text()).toMatch(/Mails +http:\/\/127\.0\.0\.1:\d+ \(as JSON: \S+\/store\)/);
    const { stdout: written } = await run(
      app.root,
      ...["shell", "--", "node", "--input-type=module", "-e", PUT_NOTE],
    );
    expect(written).toBe("written\n");
    first.child.kill("SIGKILL");
    await until("the end of the table engine", 5, async () => !(await answers(first.tableUrl)));

    const second = await start(app.root);
    expect(await (await fetch(`${second.url}/api/notes/kept`)).json()).toEqual({
      id: "kept",
      text: "still here",
    });

    const again = await run(app.root, "start");
    expect(again.code).toBe(1);
    expect(again.stderr.trim()).toBe(
      `The local cloud of ${app.root} already runs (process ${second.child.pid}): stop it first, or use the running one.`,
    );
    const reset = await run(app.root, "reset");
    expect([reset.code, reset.stderr.trim()]).toEqual([
      1,
      `The local cloud runs (process ${second.child.pid}): stop it before a reset.`,
    ]);

    const other = await start((await newApp()).root);
    expect(other.url).not.toBe(second.url);
    expect(other.text()).toContain("is taken, so the front door is at port");
    for (const { url } of [second, other]) expect((await fetch(`${url}/api/greeting`)).status).toBe(200);

    second.child.kill("SIGINT");
    expect(await second.exit).toBe(0);
    expect(await answers(second.url)).toBe(false);
    expect(await answers(second.tableUrl)).toBe(false);
    expect(existsSync(path.join(dataFolderOf(app.root), "lock"))).toBe(false);
    expect(second.text()).not.toMatch(/\n\s+at /);
  },
  3 * START_SECONDS * 1000,
);

const PUT_NOTE = `
  import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
  import { Resource } from "sst";
  const Item = { id: { S: "kept" }, value: { S: JSON.stringify({ text: "still here" }) } };
  await new DynamoDBClient({}).send(new PutItemCommand({ TableName: Resource.Notes.name, Item }));
  console.log("written");`;

test("in development a changed function answers anew at once, and a mistake is told", async () => {
  const running = await begin(app.root, "dev");
  const greeting = path.join(app.root, "src/greeting.ts");
  const greet = async () => (await (await fetch(`${running.url}/api/greeting`)).json()) as unknown;
  expect(await greet()).toEqual({ greeting: "hello", stage: "local" });
  const source = readFileSync(greeting, "utf8");
  writeFileSync(greeting, source.replace("greeting: Resource", "changed: true, greeting: Resource"));
  await until("the change", CHANGE_SECONDS, async () => JSON.stringify(await greet()).includes("changed"));

  writeFileSync(greeting, "export const handler = ;");
  await until("the complaint", CHANGE_SECONDS, () => running.text().includes("src/greeting.ts:1:"));
  expect(await greet()).toMatchObject({ changed: true });
});

test("a shell without a running cloud says what to do", async () => {
  const { code, stderr } = await run(app.root, "shell", "--", "node", "--version");
  expect([code, stderr.trim()]).toEqual([
    1,
    `No local cloud runs for ${app.root} (or it is not ready yet): start it in another terminal first.`,
  ]);
});

test("a mistake in the program ends the start with its sentence, and nothing is left running", async () => {
  writeFileSync(path.join(app.root, "src/tick.ts"), "export const notTheHandler = 1;\n");
  const { code, stdout, stderr } = await run(app.root, "start");
  expect(code).toBe(1);
  expect(stderr).toContain('names the handler "src/tick.handler", but that file has no export "handler".');
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(stdout).toContain("Engines");
  expect(existsSync(path.join(dataFolderOf(app.root), "lock"))).toBe(false);
});
