import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { lockHolder, takeLock } from "./lock-file.ts";

const folder = mkdtempSync(path.join(tmpdir(), "lock-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Another process that takes the lock, says whether it has it, and runs on until it is killed. */
async function taker(file: string) {
  const program = `
    const { takeLock } = await import(${JSON.stringify(path.join(import.meta.dirname, "lock-file.ts"))});
    process.stdout.write(String(takeLock(${JSON.stringify(file)})));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [answer] = await once(child.stdout, "data");
  return {
    pid: child.pid,
    has: String(answer) === "true",
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

test("of many processes one has the lock, the others leave nothing, and a killed one gives it up", async () => {
  const file = path.join(folder, "lock");
  const takers = await Promise.all(Array.from({ length: 6 }, () => taker(file)));
  const holders = takers.filter(({ has }) => has);
  expect(holders).toHaveLength(1);
  expect(lockHolder(file)).toBe(holders[0]?.pid);
  expect(takeLock(file)).toBe(false);
  expect(readdirSync(folder)).toEqual(["lock"]);
  await Promise.all(takers.map((one) => one.kill()));
  expect(lockHolder(file)).toBeUndefined();
  expect(takeLock(file)).toBe(true);
  expect(lockHolder(file)).toBe(process.pid);
});
