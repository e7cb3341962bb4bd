import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BuildParams } from "./bundle.ts";
import { bundleOrReuse } from "./bundle-reuse.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "bundle-reuse-"));
  mkdirSync(path.join(root, "src"));
  write("package.json", '{ "type": "module" }');
  write("package-lock.json", "{}");
  write("src/word.ts", 'export const word = "one";');
  write("src/handler.ts", 'import { word } from "./word.ts"; export const handler = () => word;');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, text: string) => writeFileSync(path.join(root, file), text);

async function bundle(changes: Partial<BuildParams> = {}) {
  const params = {
    functionID: "Fn",
    handler: "src/handler.handler",
    runtime: "nodejs24.x",
    links: {},
    ...changes,
  };
  const build = await bundleOrReuse(params, { root, folder: path.join(root, "out") });
  const file = path.join(build.folder, "bundle.mjs");
  return { build, writtenAt: statSync(file).mtimeMs, text: readFileSync(file, "utf8") };
}

test("a bundle is taken again as long as nothing changed, with the links of this start", async () => {
  const first = await bundle({ links: { Table: { name: "old" } } });
  const second = await bundle({ links: { Table: { name: "new" } } });
  expect(second.writtenAt).toBe(first.writtenAt);
  expect(second.build).toEqual({ ...first.build, links: { Table: { name: "new" } } });
});

test.each([
  ["a source that the entry imports", () => write("src/word.ts", 'export const word = "two";')],
  ["the lockfile", () => write("package-lock.json", "{ }")],
  ["a package's settings", () => write("package.json", '{ "type": "module", "sideEffects": false }')],
])("%s changed: the function is bundled anew", async (_what, change) => {
  const first = await bundle();
  change();
  const second = await bundle();
  expect(second.writtenAt).toBeGreaterThan(first.writtenAt);
});

test("a change that is taken back later does not bring back the bundle in between", async () => {
  await bundle();
  write("src/word.ts", 'export const word = "two";');
  expect((await bundle()).text).toContain('"two"');
  write("src/word.ts", 'export const word = "one";');
  expect((await bundle()).text).toContain('"one"');
});

test("a bundling that failed leaves nothing that a later start could take", async () => {
  await bundle();
  write("src/word.ts", "export const word = ;");
  await expect(bundle()).rejects.toThrow("src/word.ts:1:");
  await expect(bundle()).rejects.toThrow("src/word.ts:1:");
});
