import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bundleShared } from "./shared-bundle.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "shared-bundle-"));
  write("package.json", '{ "type": "module" }');
  write("package-lock.json", "{}");
  write("src/word.ts", 'export const word = "one";');
  write("src/handler.ts", 'import { word } from "./word.ts"; export const handler = () => word;');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const lock = () => path.join(root, ".sst/bundles/Fn.lock");

async function bundleInto(folder: string, replaces = false) {
  const params = { functionID: "Fn", handler: "src/handler.handler", runtime: "nodejs24.x", links: {} };
  const build = await bundleShared(params, { root, folder: path.join(root, folder), replaces });
  return { build, text: readFileSync(path.join(build.folder, "bundle.mjs"), "utf8") };
}

test("two at a time are given one bundling, each in its own folder", async () => {
  const [one, two] = await Promise.all([bundleInto("one"), bundleInto("two")]);
  expect(one.build.folder).toBe(path.join(root, "one/Fn"));
  expect(two.build.folder).toBe(path.join(root, "two/Fn"));
  const writtenAt = (folder: string) => statSync(path.join(folder, "bundle.mjs")).mtimeMs;
  expect(writtenAt(one.build.folder)).toBe(writtenAt(two.build.folder));
  expect(existsSync(lock())).toBe(false);
});

test("what is bundled later leaves what runs as it is", async () => {
  const running = await bundleInto("one");
  write("src/word.ts", 'export const word = "two";');
  expect((await bundleInto("two")).text).toContain('"two"');
  expect(readFileSync(path.join(running.build.folder, "bundle.mjs"), "utf8")).toContain('"one"');
});

test("what has not changed is not copied again, and what is no part of a bundle any more goes where nothing runs", async () => {
  const { build } = await bundleInto("one");
  const files = ["bundle.mjs", "bundle.mjs.map"].map((name) => path.join(build.folder, name));
  const copies = files.map((file) => statSync(file).ctimeMs);
  writeFileSync(path.join(build.folder, "earlier.mjs"), "");
  await bundleInto("one");
  expect(files.map((file) => statSync(file).ctimeMs)).toEqual(copies);
  expect(existsSync(path.join(build.folder, "earlier.mjs"))).toBe(true);
  await bundleInto("one", true);
  expect(existsSync(path.join(build.folder, "earlier.mjs"))).toBe(false);
  write("src/word.ts", 'export const word = "two";');
  expect((await bundleInto("one")).text).toContain('"two"');
});

test("the source map of a copy leads to the sources", async () => {
  const { build } = await bundleInto("far/away/one");
  const { sourceRoot, sources } = JSON.parse(
    readFileSync(path.join(build.folder, "bundle.mjs.map"), "utf8"),
  ) as { sourceRoot: string; sources: string[] };
  expect(sources.map((source) => fileURLToPath(new URL(sourceRoot + source)))).toEqual([
    path.join(root, "src/word.ts"),
    path.join(root, "src/handler.ts"),
  ]);
});

test("a lock that was left behind by a process that died is taken over", async () => {
  mkdirSync(lock(), { recursive: true });
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(lock(), longAgo, longAgo);
  expect((await bundleInto("one")).text).toContain('"one"');
});

test("a bundling that failed gives the lock back", async () => {
  write("src/word.ts", "export const word = ;");
  await expect(bundleInto("one")).rejects.toThrow("src/word.ts:1:");
  expect(existsSync(lock())).toBe(false);
});
