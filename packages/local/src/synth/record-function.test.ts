import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bundleShared } from "../function/shared-bundle.ts";
import { recordFunction } from "./record-function.ts";

/** What is recorded of an app's function whose entry is `src/fn.ts`. */
async function record(files: Readonly<Record<string, string>>, splitting: boolean) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "record-function-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(path.join(root, "src"));
  writeFileSync(path.join(root, "package.json"), '{ "type": "module", "sideEffects": false }');
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, "src", name), text);
  const params = {
    functionID: "fn",
    handler: "src/fn.handler",
    runtime: "nodejs24.x",
    links: { Table: {} },
    properties: { splitting },
  };
  return recordFunction(await bundleShared(params, { root, folder: path.join(root, "run") }), root);
}

const aws = `export const Resource: Record<string, { name: string }> = {};
export class PutItemCommand { constructor(readonly table: string) {} }`;

test.each([false, true])(
  "what is loaded later is recorded as what is loaded at once, in parts: %s",
  async (splitting) => {
    const files = {
      "aws.ts": aws,
      "later.ts": `import { PutItemCommand, Resource } from "./aws.ts";
export const write = () => new PutItemCommand(Resource.Table.name);`,
      "fn.ts": `import { Resource } from "./aws.ts";
export const handler = async () => Resource.Media.name + (await import("./later.ts")).write().table;`,
    };
    expect(await record(files, splitting)).toEqual({
      source: "src/fn.handler",
      links: ["Table"],
      reads: ["Media", "Table"],
      calls: ["PutItem"],
      modules: ["src/aws.ts", "src/fn.ts", "src/later.ts"],
    });
  },
);

test("a part that only code imports that was left out is not recorded", async () => {
  const files = {
    "aws.ts": aws,
    "unused.ts": `import { PutItemCommand, Resource } from "./aws.ts";
export const write = () => new PutItemCommand(Resource.Table.name);`,
    "both.ts": `export const used = () => 1;
export const unused = () => import("./unused.ts");`,
    "fn.ts": `import { used } from "./both.ts";
export const handler = async () => used();`,
  };
  expect(await record(files, true)).toMatchObject({
    reads: [],
    calls: [],
    modules: ["src/both.ts", "src/fn.ts"],
  });
});
