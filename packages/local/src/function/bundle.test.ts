import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuildParams, bundleFunction } from "./bundle.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "bundle-"));
  await mkdir(path.join(root, "src"));
  await writeFile(path.join(root, "src/words.ts"), 'export const word: string = "hello";\n');
  await writeFile(
    path.join(root, "src/greet.ts"),
    'import { word } from "./words.ts";\nexport const handler = () => word + " " + require("node:os").EOL;\n',
  );
  await writeFile(path.join(root, "src/wrong.ts"), 'import "./nowhere.ts";\nexport const handler = ;\n');
  await writeFile(path.join(root, "note.txt"), "beside the bundle");
});
afterAll(() => rm(root, { recursive: true, force: true }));

function bundle(params: Partial<BuildParams>) {
  return bundleFunction(
    { functionID: "Greet", handler: "src/greet.handler", runtime: "nodejs24.x", links: {}, ...params },
    { root, folder: path.join(root, "out") },
  );
}

test("a function is bundled into one module with a source map, and its sources are known", async () => {
  const built = await bundle({ links: { Table: { name: "t" } } });
  expect(built).toEqual({
    functionId: "Greet",
    handler: "src/greet.handler",
    bundle: undefined,
    runtime: "nodejs24.x",
    links: { Table: { name: "t" } },
    copiesFiles: false,
    installs: [],
    folder: path.join(root, "out/Greet"),
    builtHandler: "bundle.handler",
    sources: [path.join(root, "src/greet.ts"), path.join(root, "src/words.ts")],
  });
  const { handler } = await import(pathToFileURL(path.join(built.folder, "bundle.mjs")).href);
  expect(handler()).toBe("hello \n");
  const map = JSON.parse(await readFile(path.join(built.folder, "bundle.mjs.map"), "utf8"));
  expect(map.sources).toContain("../../src/greet.ts");
});

test("files to copy stand beside the bundle", async () => {
  const built = await bundle({
    copyFiles: [{ from: path.join(root, "note.txt"), to: "texts/note.txt", isDir: false }],
  });
  expect(built.copiesFiles).toBe(true);
  expect(await readFile(path.join(built.folder, "texts/note.txt"), "utf8")).toBe("beside the bundle");
});

test("a prebuilt bundle is passed through", async () => {
  const built = await bundle({ bundle: "prebuilt", handler: "index.handler" });
  expect(built).toMatchObject({
    folder: path.join(root, "prebuilt"),
    builtHandler: "index.handler",
    bundle: "prebuilt",
    sources: [],
  });
});

test("packages that are installed beside the bundle are not bundled", async () => {
  await writeFile(
    path.join(root, "src/image.ts"),
    'import sharp from "left-out";\nexport const handler = sharp;\n',
  );
  const built = await bundle({
    handler: "src/image.handler",
    properties: { install: { "left-out": "1.0.0" } },
  });
  expect(built.installs).toEqual(["left-out"]);
  expect(await readFile(path.join(built.folder, "bundle.mjs"), "utf8")).toContain('from "left-out"');
});

test.each([
  ["src/nothing.handler", 'names the handler "src/nothing.handler", but there is no file src/nothing.ts'],
  ["src/greet.other", 'names the handler "src/greet.other", but that file has no export "other"'],
  ["src/wrong.handler", 'The function "Greet" could not be bundled:\nsrc/wrong.ts:2:24: Unexpected ";"'],
])("a handler that cannot be built (%s) is told with the function's name", async (handler, message) => {
  await expect(bundle({ handler })).rejects.toThrow(message);
});

test("another runtime than Node.js is refused", async () => {
  await expect(bundle({ runtime: "python3.13" })).rejects.toThrow('"Greet" runs on python3.13');
});

test("functions that are asked for together are built as one, and a mistake is that of its function alone", async () => {
  const [greet, again, wrong] = await Promise.allSettled([
    bundle({ functionID: "One" }),
    bundle({ functionID: "Two", handler: "src/words.word" }),
    bundle({ functionID: "Three", handler: "src/wrong.handler" }),
  ]);
  expect(greet).toMatchObject({ value: { folder: path.join(root, "out/One") } });
  expect(again).toMatchObject({ value: { sources: [path.join(root, "src/words.ts")] } });
  expect(wrong).toMatchObject({
    reason: { message: expect.stringContaining('"Three" could not be bundled') },
  });
  for (const name of ["One", "Two"]) {
    expect(await readFile(path.join(root, "out", name, "bundle.mjs"), "utf8")).toContain("hello");
  }
});
