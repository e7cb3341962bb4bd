import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataFolderOf, runningProcess, takeDataFolder } from "./data-folder.ts";
import { reset } from "./reset.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "data-folder-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("one app runs once: a second start is told which process has it", () => {
  const folder = takeDataFolder(root);
  expect(runningProcess(root)).toBe(process.pid);
  expect(() => takeDataFolder(root)).toThrow(
    `The local cloud of ${root} already runs (process ${process.pid}): stop it first, or use the running one.`,
  );
  folder.release();
  expect(runningProcess(root)).toBeUndefined();
  takeDataFolder(root).release();
});

test("a lock that a killed process left is taken over", () => {
  mkdirSync(dataFolderOf(root));
  const dead = 2 ** 22 + 1; // Above the largest process id of Linux and macOS.
  writeFileSync(path.join(dataFolderOf(root), "lock"), `${dead} 12345`);
  takeDataFolder(root).release();
});

test.runIf(existsSync("/proc/self/stat"))("a lock whose process id was given again is taken over", () => {
  mkdirSync(dataFolderOf(root));
  writeFileSync(path.join(dataFolderOf(root), "lock"), `${process.pid} 1`);
  takeDataFolder(root).release();
});

test("ports stay the same over restarts, and no two names share one", async () => {
  const names = Array.from({ length: 20 }, (_, index) => `server ${index}`);
  const first = takeDataFolder(root);
  const ports = await Promise.all(names.map((name) => first.port(name)));
  expect(new Set(ports).size).toBe(names.length);
  expect(await first.port("server 0")).toBe(ports[0]);
  first.release();
  const second = takeDataFolder(root);
  expect(await Promise.all(names.toReversed().map((name) => second.port(name)))).toEqual(ports.toReversed());
  second.release();
});

test("a recorded port that somebody else has now is replaced", async () => {
  const first = takeDataFolder(root);
  const port = await first.port("server");
  first.release();
  const other = createServer().listen(port, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const second = takeDataFolder(root);
  expect(await second.port("server")).not.toBe(port);
  second.release();
  other.close();
});

test("reset empties the folder, and refuses while the cloud runs", () => {
  const folder = takeDataFolder(root);
  expect(() => reset(root)).toThrow(`The local cloud runs (process ${process.pid}): stop it before a reset.`);
  expect(existsSync(folder.path)).toBe(true);
  folder.release();
  expect(reset(root)).toBe(true);
  expect(existsSync(folder.path)).toBe(false);
  expect(reset(root)).toBe(false);
});
