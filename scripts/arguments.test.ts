import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
/** What the project's commands run, by their names for npm: only those of our own that take arguments. */
const commands = Object.entries(scripts).flatMap(([name, command]) => {
  const file = /(?:scripts|bench)\/\S+\.ts$/.exec(command)?.[0];
  return file ? [{ name, file }] : [];
});

async function call(file: string, ...given: string[]) {
  const child = spawn("node", ["--import", "tsx", path.join(root, file), ...given]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}

test("every command of package.json is looked at", () => {
  expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(["admin", "redrive", "bench"]));
  expect(commands.length).toBeGreaterThan(10);
});

test.each(commands)(
  "$name refuses an option that it does not know in one sentence",
  async ({ name, file }) => {
    const { code, stderr } = await call(file, "--dryrun");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Unknown option '--dryrun'/);
    expect(stderr).toContain(`Usage: npm run ${name} -- `);
    expect(stderr).not.toMatch(/^ {4}at /m);
  },
);

test("asked for help a command says how it is used, and does nothing", async () => {
  const { code, stdout, stderr } = await call("scripts/redrive.ts", "--help");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Usage: npm run redrive -- <queue>/);
});

test("a journey that there is not is refused before anything starts", async () => {
  const { code, stdout, stderr } = await call("scripts/run-journeys.ts", "--production", "comment", "coment");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^No journey is called "coment"\.\nUsage: /);
});
