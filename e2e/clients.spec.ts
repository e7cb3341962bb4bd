import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";
import { expect, test } from "./fixtures.ts";

const run = promisify(execFile);

test("the example of a mobile client signs in, lists posts, refreshes and signs out", async ({ baseURL }) => {
  const [author] = sampleAccounts;
  const { stdout } = await run(process.execPath, [
    "docs/examples/client.mjs",
    String(baseURL),
    author.email,
    samplePassword,
  ]);
  const lines = stdout.trim().split("\n");
  expect(lines[0]).toBe(`Signed in as ${author.displayName} (author).`);
  expect(lines.at(-1)).toBe("Signed out.");
  expect(lines.filter((line) => /^- .+ \(published\)$/.test(line))).not.toEqual([]);
});

test("every kind of page has the headers that Mozilla's Observatory looks at", async ({ baseURL }) => {
  const looked = run(process.execPath, ["--import", "tsx", "scripts/check-headers.ts", String(baseURL)]);
  const { stdout } = await looked.catch((error: { stdout: string; stderr: string }) => {
    throw new Error(error.stdout + error.stderr);
  });
  expect(stdout).not.toBe("");
});
