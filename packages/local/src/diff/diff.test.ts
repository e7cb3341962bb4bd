import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { diffStage } from "./diff.ts";
import { copyProject } from "./project-copy.ts";

// Each runs programs of many seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const program = path.resolve(import.meta.dirname, "../../test/program");
let root: string;
beforeAll(async () => {
  await mkdir(path.join(program, ".sst"), { recursive: true });
  root = await mkdtemp(path.join(program, ".sst/app-"));
  await copyProject(program, root);
  // SST writes link types beside each of these, and nowhere else.
  await writeFile(path.join(root, "package.json"), '{ "name": "program", "private": true }');
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function filesOfProject(): Promise<string[]> {
  const files = await readdir(root, { recursive: true });
  return files.filter((file) => !file.startsWith(".sst")).sort();
}

test("the real sst diff says what would be created and writes the types of all links, beside the project", async () => {
  const before = await filesOfProject();
  const { output, linkTypes } = await diffStage(root, "one");
  expect(output).toContain("SST 4.17.1");
  expect(output).toMatch(/Created +Table sst:aws:Dynamo/);
  expect(output).toMatch(/Site sst:aws:Nextjs → SiteServerUseast1Function aws:lambda:Function/);
  expect(linkTypes.get("sst-env.d.ts")).toContain(
    '    "Table": {\n      "name": string\n      "type": "sst.aws.Dynamo"\n    }\n',
  );
  expect(linkTypes.get("sst-env.d.ts")).toContain(
    '    "Salt": {\n      "type": "sst.sst.Secret"\n      "value": string\n    }\n',
  );
  expect(await filesOfProject()).toEqual(before);
});

test("a program that is wrong fails the diff with its own words", async () => {
  await expect(diffStage(root, "throwing")).rejects.toThrow(
    /"sst diff --stage throwing" failed[\s\S]*the program gave up/,
  );
  await expect(diffStage(root, "circular")).rejects.toThrow(
    /"TableTable" waits for a value that never comes/,
  );
});
