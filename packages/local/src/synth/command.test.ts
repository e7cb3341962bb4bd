import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { writeSynthesis } from "./command.ts";

// Each runs programs of many seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const root = path.resolve(import.meta.dirname, "../../test/program");

test("a stage is written twice with the same bytes, without secrets, times and paths of this machine", async () => {
  process.env.SST_SECRET_Given = "a-value-that-was-given";
  const folder = await mkdtemp(path.join(tmpdir(), "synthesis-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const write = async (file: string) => {
    const out = path.join(folder, file);
    await writeSynthesis(root, ["--stage", "production", "--out", out]);
    return readFile(out, "utf8");
  };
  const first = await write("first.json");
  expect(await write("second.json")).toBe(first);
  expect(first).not.toContain("a-value-that-was-given");
  expect(first).not.toContain(root);

  const resources = JSON.parse(first) as Record<string, unknown>[];
  expect(resources.map((resource) => Object.keys(resource).join())).toEqual(
    resources.map(() => "urn,type,name,parent,inputs"),
  );
  expect(resources.map(({ urn }) => urn)).toEqual(resources.map(({ urn }) => urn as string).sort());
  expect(resources.find(({ name }) => name === "SaltLinkRef")).toMatchObject({
    parent: null,
    inputs: { properties: { value: "[secret]" } },
  });
  const build = resources.find(({ type }) => type === "command:local:Command");
  expect(build).toMatchObject({ inputs: { dir: "site" } });
  expect(build?.inputs).not.toHaveProperty("environment");
});

test("a stage or a file that is not named is asked for", async () => {
  await expect(writeSynthesis(root, ["--stage", "production"])).rejects.toThrow(
    /Say which stage to write where/,
  );
});
