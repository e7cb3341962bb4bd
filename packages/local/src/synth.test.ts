import { createHmac } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bundleFunction } from "./function/bundle.ts";
import type { Provisioned, ProvisionRequest } from "./resource.ts";
import { answerAsAws } from "./synth/record.ts";
import { type Synthesis, type SynthesisOptions, synthesize } from "./synth.ts";

// Each runs programs of many seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const root = path.resolve(import.meta.dirname, "../test/program");
await mkdir(path.join(root, ".sst"), { recursive: true });
const workFolder = await mkdtemp(path.join(root, ".sst/work-"));
afterAll(() => rm(workFolder, { recursive: true, force: true }));

process.env.SST_SECRET_Given = "a-value-that-was-given";

function run(stage: string, options: Partial<SynthesisOptions> = {}) {
  return synthesize({
    root,
    stage,
    workFolder,
    secretSeed: "seed",
    provision: answerAsAws,
    build: (params) => bundleFunction(params, { root, folder: path.join(workFolder, "bundles") }),
    ...options,
  });
}

const asked: ProvisionRequest[] = [];
const answered = new Map<string, Provisioned>();
let first: Synthesis;
beforeAll(async () => {
  first = await run("one", {
    async provision(request) {
      asked.push(request);
      const answer = await answerAsAws(request);
      answered.set(request.urn, answer);
      return answer;
    },
  });
});

test("a program is synthesised with everything that its parts need to know", async () => {
  const { resources, builds, links, outputs, sites, app } = first;

  // Each resource is asked for once; components are recorded, but nothing is provisioned for them.
  expect(new Set(asked.map(({ urn }) => urn)).size).toBe(asked.length);
  expect(resources.filter(({ urn }) => answered.has(urn))).toHaveLength(asked.length);
  expect(asked.filter(({ type }) => type.startsWith("sst:"))).toEqual([]);

  const table = asked.find(({ type }) => type === "aws:dynamodb/table:Table");
  expect(table).toMatchObject({
    urn: "urn:pulumi:one::program::sst:aws:Dynamo$aws:dynamodb/table:Table::TableTable",
    name: "TableTable",
    parent: "urn:pulumi:one::program::sst:aws:Dynamo::Table",
    declaredAt: "infra/storage.ts:1",
    inputs: { name: "program-one-TableTable" },
  });
  expect(resources.map(({ urn }) => urn)).toContain(table?.parent);

  expect(app).toEqual({ name: "program", stage: "one", removal: "remove", protect: false });
  expect(outputs).toEqual({
    url: "https://routercdndistribution.cloudfront.net",
    table: "program-one-TableTable",
  });
  expect(links.Table).toEqual({ type: "sst.aws.Dynamo", name: "program-one-TableTable" });
  expect(links.Given).toEqual({ type: "sst.sst.Secret", value: "a-value-that-was-given" });

  const [route] = [...builds.values()].filter(({ handler }) => handler === "src/handler.handler");
  expect(route?.links).toMatchObject({ Table: links.Table, Salt: links.Salt });
  expect(route?.sources).toEqual([path.join(root, "src/handler.ts")]);
  const declared = resources.find(({ name }) => name === `${route?.functionId}Function`);
  expect(declared?.inputs.environment.variables).toMatchObject({
    PLAIN: "seen",
    SECRET: "a-value-that-was-given",
  });
  expect(declared?.maskedInputs.environment).toMatchObject({ variables: { SECRET: "[secret]" } });

  expect(sites).toEqual([
    { name: "Site", folder: path.join(root, "site"), placeholder: path.join(workFolder, "sites/Site") },
  ]);
  expect(builds.get("SiteServerUseast1")?.folder).toBe(
    path.join(workFolder, "sites/Site/.open-next/server-functions/default"),
  );
  expect(await readdir(path.join(root, "site"))).toEqual(["page.txt"]);
});

test("names are the same at the next run, and secrets follow from the seed", async () => {
  const names = ({ resources }: Synthesis) =>
    resources.map(({ urn, inputs }) => `${urn} ${inputs.name ?? inputs.bucket}`).sort();
  const second = await run("one", { secretSeed: "another seed" });
  expect(names(second)).toEqual(names(first));
  expect(first.links.Salt).toEqual({
    type: "sst.sst.Secret",
    value: createHmac("sha256", "seed").update("Salt").digest("base64url"),
  });
  expect(second.links.Salt).not.toEqual(first.links.Salt);
  expect(second.links.Given).toEqual(first.links.Given);
});

test("a resource that cannot be provisioned ends the synthesis within a second, with its component and line", async () => {
  let refusedAt = 0;
  const failing = run("one", {
    async provision(request) {
      if (request.type !== "aws:dynamodb/table:Table") return answerAsAws(request);
      refusedAt = performance.now();
      throw new Error("the engine said no");
    },
  });
  await expect(failing).rejects.toThrow(
    'aws:dynamodb/table:Table "TableTable" of sst:aws:Dynamo "Table" (infra/storage.ts:1) could not be provisioned: the engine said no',
  );
  expect(performance.now() - refusedAt).toBeLessThan(1000);
});

test("a resource that takes too long is named", async () => {
  const waiting = run("one", {
    provisionTimeoutSeconds: 0.2,
    provision: (request) =>
      request.type === "aws:dynamodb/table:Table" ? new Promise(() => {}) : answerAsAws(request),
  });
  await expect(waiting).rejects.toThrow(/"TableTable".*nothing came back within 0.2 s/);
});

test.each([
  ["throwing", /the program gave up \(sst\.config\.ts:14\)/],
  ["waiting", /waits for something that never comes/],
  ["circular", /aws:dynamodb\/table:Table "TableTable" waits for a value that never comes/],
  ["twice", /Component name Table is not unique/],
  ["reading", /"Old" refers to a aws:s3\/bucket:Bucket that exists on AWS already/],
  ["without-file", /"src\/missing\.handler", but there is no file src\/missing\.ts/],
  ["without-export", /"src\/handler\.missing", but that file has no export "missing"/],
])("a program that is wrong (%s) ends with one error that says what is wrong", async (stage, message) => {
  await expect(run(stage)).rejects.toThrow(message);
});
